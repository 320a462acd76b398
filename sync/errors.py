"""Every error of the protocol once: HTTP status, machine word, sentence (CouchDB, «HTTP status codes»).

The word decides what a replicator does: PouchDB and CouchDB go on after `forbidden` and `unauthorized`, and stop
at everything else. Only the door turns a fault into an HTTP answer.
"""

from typing import NamedTuple


class Fault(NamedTuple):
    """One kind of error."""

    status: int
    word: str
    sentence: str


BAD_REQUEST = Fault(400, "bad_request", "The request is malformed.")
BAD_JSON = Fault(400, "bad_request", "invalid UTF-8 JSON")
BAD_REVISION = Fault(400, "bad_request", "Invalid rev format")
BAD_SINCE = Fault(400, "bad_request", "Malformed sequence supplied in 'since' parameter.")
BAD_QUERY = Fault(400, "query_parse_error", "Invalid value for a query parameter.")
BAD_NAME = Fault(
    400,
    "illegal_database_name",
    "Only lowercase characters (a-z), digits (0-9), and any of the characters _, $, (, ), +, -, and / are allowed."
    " Must begin with a letter.",
)
BAD_ID = Fault(400, "illegal_docid", "Document id must be a string")
BAD_MEMBER = Fault(400, "doc_validation", "Bad special document member")
BAD_FILTER = Fault(400, "bad_request", "Unknown filter.")
UNAUTHORIZED = Fault(401, "unauthorized", "unauthorized")
FORBIDDEN = Fault(403, "forbidden", "forbidden")
NOT_FOUND = Fault(404, "not_found", "missing")
DELETED = Fault(404, "not_found", "deleted")
NO_DATABASE = Fault(404, "not_found", "Database does not exist.")
NO_ATTACHMENT = Fault(404, "not_found", "Document is missing attachment")
METHOD_NOT_ALLOWED = Fault(405, "method_not_allowed", "This resource does not know the method.")
NOT_ACCEPTABLE = Fault(406, "not_acceptable", "Only JSON is answered here.")
CONFLICT = Fault(409, "conflict", "Document update conflict.")
DATABASE_EXISTS = Fault(412, "file_exists", "The database could not be created, the file already exists.")
MISSING_STUB = Fault(412, "missing_stub", "The attachment stub refers to nothing this document holds.")
TOO_LARGE = Fault(413, "too_large", "The request is larger than this server takes.")
BAD_CONTENT_TYPE = Fault(415, "bad_content_type", "Content-Type must be application/json")
BAD_RANGE = Fault(416, "requested_range_not_satisfiable", "The range lies outside the attachment.")
TOO_MANY = Fault(429, "too_many_requests", "Too much at once; try again later.")
NO_JAVASCRIPT = Fault(501, "not_implemented", "Design documents are stored here but never run.")
BEHIND = Fault(503, "service_unavailable", "The server cannot write now; try again later.")
NO_SPACE = Fault(503, "insufficient_storage", "The disk is full; reading still works.")


_PASSING = {TOO_MANY.status, BEHIND.status}


class SyncError(Exception):
    """A fault that ends one request, or one row of a bulk request.

    `sentence` says it more exactly than the table does; `retry_after` is in seconds, for passing refusals.
    """

    def __init__(self, fault: Fault, sentence: str = "", *, retry_after: int | None = None) -> None:
        super().__init__(sentence or fault.sentence)
        self.status = fault.status
        self.word = fault.word
        self.sentence = sentence or fault.sentence
        self.retry_after = retry_after

    @property
    def passing(self) -> bool:
        """Whether the same request may be taken later: such a no ends the whole request, never one row."""
        return self.status in _PASSING


class SchemaTooNewError(Exception):
    """The file was written by a newer Interlink; opening it could lose what this version does not know."""
