"""The ways out of the house: for each kind of channel, the function that sends by it."""

from collections.abc import Callable

from activity.channels import mail, robots
from activity.channels.parcel import Parcel
from activity.models import ChannelKind

SENDERS: dict[str, Callable[[Parcel], None]] = {
    ChannelKind.EMAIL: mail.send,
    ChannelKind.WECOM: robots.wecom,
    ChannelKind.DINGTALK: robots.dingtalk,
    ChannelKind.FEISHU: robots.feishu,
}
