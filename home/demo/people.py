"""The invented procuratorates of the demonstration and the people who work in them.

A roster is text, because a list of names is read and corrected as a list: `# department`, then
one person a line: login, name, roles joined by `+`, and what the person does or is in charge of.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Post(NamedTuple):
    """Leaders and administrators belong to no department: theirs is the empty string."""

    login: str
    name: str
    role: str
    department: str
    in_charge_of: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    login: str
    name: str
    duty: str


@dataclass(frozen=True)
class Unit:
    """A department (内设机构) with its people, head first."""

    name: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Office:
    """One procuratorate; `superior` is the name of the one above it in the demonstration."""

    name: str
    short_name: str
    level: str
    code: str
    superior: str
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    posts: tuple[Post, ...]


_CITY = """
he.yanchuan 贺延川 chief
shen.ruogu 沈若谷 vice_chief 办公室、政治部、计划财务装备部、检务督察部
qiao.zhenbang 乔振邦 vice_chief 第一检察部、第二检察部、第三检察部、案件管理办公室
du.yun 杜蕴 vice_chief 第四检察部、第五检察部、法律政策研究室、检察技术信息部
yin.hangyu 尹航宇 system_admin
shi.wenbo 施文博 security_admin
cui.zhengze 崔正则 auditor
# 办公室
lin.yuehua 林月华 office_director 主持办公室工作
tao.xiaoman 陶小满 records_clerk 收文登记、传阅
miao.qiushi 苗秋实 records_clerk 发文、用印
gu.siyuan 顾思远 staff 综合文稿
zhong.lan 钟岚 staff 综合文稿
li.jing 李静 staff 会务、保密
shao.chengzhi 邵承志 supervision_officer 督查督办
han.chunxiao 韩春晓 liaison_officer 代表委员联络
zhai.suqin 翟素琴 archivist 文书档案
lei.mingyu 雷鸣宇 staff 检察信息
peng.haichuan 彭海川 staff 值班、应急
# 政治部
gong.jianye 龚建业 department_head
song.yutong 宋雨桐 staff
fan.lixin 范立新 staff
bai.xiao 白晓 staff
# 第一检察部
dong.changhe 董长河 department_head
ye.qinghe 叶青禾 staff
shi.yan 石砚 staff
cao.mengjie 曹梦洁 staff
yuan.kai 袁恺 staff
# 第二检察部
feng.guoliang 冯国梁 department_head
tian.ye 田野 staff
xue.wenjing 薛文静 staff
# 第三检察部
pan.ruonan 潘若男 department_head
cheng.yuan 程远 staff
li.jing2 李静 staff
hao.jianjun 郝建军 staff
# 第四检察部
jiang.weimin 蒋维民 department_head
ding.xiangning 丁香凝 staff
lu.xiaoyang 卢晓阳 staff
# 第五检察部
wei.shutong 魏书同 department_head
yu.huan 余欢 staff
zou.zhigang 邹志刚 staff
# 案件管理办公室
fang.yalin 方雅琳 department_head
kong.lingzhe 孔令哲 staff
wan.xiaoyu 万小雨 staff
# 法律政策研究室
yan.songnian 严松年 department_head
dai.yiming 戴一鸣 staff
hou.lan 侯岚 staff
# 检务督察部
ji.tiecheng 纪铁成 department_head
chang.qingshan 常青山 staff
xia.bingjie 夏冰洁 staff
# 检察技术信息部
duan.xiuping 段修平 department_head
mao.yi 毛毅 staff
tang.jiahui 汤嘉慧 staff
# 计划财务装备部
lu.jincheng 陆金城 department_head
jia.yuzhen 贾玉珍 staff
li.mingzhe 黎明哲 staff
"""

_QINGLING = """
nie.qingyuan 聂清源 chief
hu.bingwen 胡秉文 vice_chief 办公室、政治部、案件管理部、检务督察部
tan.huimin 谭慧敏 vice_chief 第一检察部、第二检察部、第三检察部
wu.siqi 武思齐 system_admin
long.xiangfei 龙翔飞 security_admin
ge.mingyuan 葛明远 auditor
# 办公室
zhao.yanqiu 赵砚秋 office_director 主持办公室工作
zhou.xiaolan 周小兰 records_clerk+archivist 收文登记、归档
wu.qiming 吴启明 records_clerk 发文、用印
zheng.zhixing 郑知行 staff 综合文稿
sun.wan 孙婉 staff 综合文稿
ma.tengyun 马腾云 staff 综合文稿
zhu.shouzheng 朱守正 supervision_officer 督查督办
gao.lan 高岚 supervision_officer+staff 督查督办、简报
he.jiayin 何佳音 liaison_officer+staff 代表联络、文稿
luo.yucheng 罗玉成 liaison_officer 委员联络
liang.shuyun 梁淑云 archivist 文书档案
xie.dongsheng 谢东升 staff 检察信息
tang.kexin 唐可心 staff 检察信息、大事记
xu.dayong 许大勇 staff 值班、应急
deng.li 邓莉 staff 会务、保密
# 政治部
fu.caiyun 傅彩云 department_head
zeng.fanrong 曾繁荣 staff
xiao.qing 肖晴 staff
# 第一检察部
cai.bojun 蔡伯钧 department_head
ren.yuanfan 任远帆 staff
yao.jingshu 姚静姝 staff
zhuo.li 卓立 staff
# 第二检察部
jin.haitao 金海涛 department_head
liao.xiaoyan 廖晓燕 staff
jiang.yue 姜越 staff
# 第三检察部
zhang.shuyi 章淑仪 department_head
meng.fanxing 孟凡星 staff
liu.yiran 柳依然 staff
# 案件管理部
jiang.yingxue 江映雪 department_head
xiong.jian 熊健 staff
shi.kexin 史可欣 staff
# 检务督察部
qiu.chenglin 邱成林 department_head
kang.leping 康乐平 staff
wen.ya 温雅 staff
"""

_BAISHI = """
yue.chengen 岳承恩 chief
huang.qiubai 黄秋柏 vice_chief 办公室、第一检察部、案件管理部
shang.zhiyuan 尚志远 vice_chief 第二检察部、第三检察部
yan.ruqing 颜如卿 vice_chief 政治部、检务督察部
shan.hongtu 单宏图 system_admin
leng.qiushuang 冷秋霜 security_admin
niu.zhicheng 牛志成 auditor
# 办公室
qian.bonian 钱伯年 office_director 主持办公室工作
wen.chuqing 温初晴 records_clerk+archivist 收文登记、归档
guo.xiaojun 郭小军 records_clerk+staff 发文、用印、会务
xu.zhiqiu 徐知秋 staff 综合文稿
hong.yizhou 洪一舟 staff 综合文稿
pei.xiaodong 裴晓东 staff 综合文稿、简报
guan.zhenhua 关振华 supervision_officer 督查督办
ni.xiaohong 倪晓虹 supervision_officer+liaison_officer 督查督办、代表联络
fan.lina 樊丽娜 liaison_officer+staff 委员联络、文稿
lu.pingan 路平安 staff 值班、应急
yin.sumei 殷素梅 archivist 文书档案
zhu.yifan 祝一凡 staff 检察信息
gan.linyu 甘霖雨 staff 检察信息、大事记
ruan.zhiqiang 阮志强 staff 值班、应急
ke.jingyi 柯静怡 staff 会务、保密
# 政治部
lu.jianguo 鲁建国 department_head
an.ning 安宁 staff
tong.xinyi 童欣怡 staff
# 第一检察部
ouyang.ming 欧阳明 department_head
bian.zhian 卞之安 staff
luo.xiaobing 骆晓冰 staff
sheng.xia 盛夏 staff
# 第二检察部
bai.changqing 柏长青 department_head
xie.liqun 解立群 staff
su.wanting 苏婉婷 staff
# 第三检察部
zhuang.jingde 庄敬德 department_head
shi.yuxuan 时宇轩 staff
tu.xiaomin 涂小敏 staff
# 案件管理部
fei.xuemei 费雪梅 department_head
gu.liwen 古立文 staff
sha.ming 沙明 staff
# 检务督察部
mu.tiesheng 穆铁生 department_head
gong.wenqing 巩文卿 staff
xing.yue 邢玥 staff
"""


def _roster(text: str) -> tuple[tuple[Unit, ...], tuple[Person, ...], tuple[Post, ...]]:
    members: dict[str, list[Person]] = {}
    people: list[Person] = []
    posts: list[Post] = []
    department = ""
    for line in text.strip().splitlines():
        if line.startswith("# "):
            department = line.removeprefix("# ")
            continue
        login, name, roles, *rest = line.split()
        duty = rest[0] if rest else ""
        in_charge_of = tuple(duty.split("、")) if roles == "vice_chief" else ()
        person = Person(login, name, "" if in_charge_of else duty)
        people.append(person)
        if department:
            members.setdefault(department, []).append(person)
        posts += [Post(login, name, role, department, in_charge_of) for role in roles.split("+")]
    units = tuple(Unit(name, tuple(people)) for name, people in members.items())
    return units, tuple(people), tuple(posts)


CITY = Office("澜江市人民检察院", "澜江市院", "prefecture", "澜检", "", *_roster(_CITY))
QINGLING = Office("青岭县人民检察院", "青岭县院", "county", "青检", CITY.name, *_roster(_QINGLING))
BAISHI = Office("白石县人民检察院", "白石县院", "county", "白检", CITY.name, *_roster(_BAISHI))

OFFICES = (CITY, QINGLING, BAISHI)  # the superior before the inferior
