from attachments.models.attachment import Attachment
from attachments.models.content import MAX_ATTEMPTS, Content, ExtractedText, FileType
from attachments.models.stop import Place, SecrecyStop
from attachments.models.upload import Upload

__all__ = [
    "MAX_ATTEMPTS",
    "Attachment",
    "Content",
    "ExtractedText",
    "FileType",
    "Place",
    "SecrecyStop",
    "Upload",
]
