from attachments.reading.child import serve
from attachments.reading.readers import read

serve(read)
