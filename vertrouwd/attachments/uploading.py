"""Files of a form are sealed as they come in: nothing of them reaches the disk in clear.

A page that takes files says so with `takes_files` and gets them from `files_of`; sent to any other
page they are dropped (`DropsFiles`, which the public process is set to). In memory there is never
more than a chunk or two of 64 KiB.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import wraps
from hashlib import sha256
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from vertrouwd.attachments.file_names import shown_name
from vertrouwd.attachments.files import original_place, sealed_files
from vertrouwd.attachments.kinds import START, kind_of
from vertrouwd.attachments.not_taken import BrokeOff, FileTooLarge, NotTaken, TooManyFiles
from vertrouwd.attachments.sealed_file import SealedFile
from vertrouwd.attachments.space import ROOM, check_reserve, full_is_no_room
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.streams import SealingWriter
from vertrouwd.sealing.suite import new_key

FILES_AT_MOST = 5  # with one form
FILE_AT_MOST = 100 * 1000 * 1000  # bytes
WORDS_AT_MOST = 2 * 1024 * 1024  # bytes of a form around its files
SEALED_AT_MOST = FILES_AT_MOST * FILE_AT_MOST + WORDS_AT_MOST
READ_AT_MOST = 4 * 1000 * 1000 * 1000  # what is too large is read to its end, to keep the answers

P = ParamSpec("P")
Parsed = tuple[QueryDict, MultiValueDict[str, UploadedFile]]


class SealedUpload(UploadedFile):
    """Stands in `request.FILES` for a file that was sealed; has no content to read.

    Who asks for `sealed` answers for the file from then on: it is stored, or `discard`ed.
    """

    def __init__(self, sealed: SealedFile) -> None:
        super().__init__(name=sealed.name, content_type=sealed.type, size=sealed.size)
        self._sealed, self.is_handed_over = sealed, False

    @property
    def sealed(self) -> SealedFile:
        """Where it lies and what opens it."""
        self.is_handed_over = True
        return self._sealed

    def close(self) -> None:
        """There is nothing open."""

    def give_up(self) -> None:
        """Take it away, unless somebody answers for it."""
        if not self.is_handed_over:
            sealed_files().destroy(self._sealed.record)


class _File:
    """One file while it comes in."""

    def __init__(self, name: str) -> None:
        self.name, self.size = name, 0
        self._record, self._key = new_record(), new_key()
        self._digest, self._start = sha256(), b""
        self._sealing: AbstractContextManager[SealingWriter] = sealed_files().sealing(
            self._key, place=original_place(self._record)
        )
        self._writer = self._sealing.__enter__()

    def add(self, chunk: bytes) -> None:
        self._writer.write(chunk)
        self._digest.update(chunk)
        self.size += len(chunk)
        if len(self._start) < START:
            self._start += chunk[: START - len(self._start)]

    def complete(self) -> SealedFile:
        self._sealing.__exit__(None, None, None)
        return SealedFile(
            record=self._record, key=self._key, name=self.name, type=kind_of(self._start),
            size=self.size, sha256=self._digest.hexdigest(),
        )  # fmt: skip

    def give_up(self) -> None:
        raised = BrokeOff()
        self._sealing.__exit__(BrokeOff, raised, None)


class _Parser(MultiPartParser):
    """That of Django, which leaves out a file silently when its name is of another kind."""

    def sanitize_file_name(self, file_name: str) -> str:
        return shown_name(file_name)


class SealingUploadHandler(FileUploadHandler):
    """Seals the files of one form; `refused` says why they are not taken, and then none is kept.

    The other fields are read in any case, so that a page can be shown again with its answers.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.refused: NotTaken | None = None
        self._file: _File | None = None
        self._done: list[SealedUpload] = []
        self._length = 0  # bytes of the whole form
        self._room: ExitStack | None = None
        self._is_parsing = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - the name is Django's
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> Parsed | None:
        """Read the whole form with a parser of our own, which asks this once more."""
        if self._is_parsing:
            return None
        self._is_parsing = True
        if content_length > READ_AT_MOST:
            self._refuse(FileTooLarge())
            return QueryDict(), MultiValueDict()
        self._length = min(content_length, SEALED_AT_MOST)
        post, files = _Parser(META, input_data, [self], encoding).parse()
        if self._file:  # the last one has no end
            self._refuse(BrokeOff(self._file.name))
        return post, MultiValueDict() if self.refused else files

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        """The next file begins."""
        super().new_file(field_name, file_name, *args, **kwargs)
        with self._refusing():
            if len(self._done) == FILES_AT_MOST:
                raise TooManyFiles(file_name)
            if not self.refused:
                self._make_room()
                self._file = _File(file_name)
        if self.refused:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """At most 64 KiB more of it."""
        file = self._file
        if file is not None:
            with self._refusing():
                if file.size + len(raw_data) > FILE_AT_MOST:
                    raise FileTooLarge(file.name)
                check_reserve()
                file.add(raw_data)
        if self.refused:
            raise SkipFile

    def file_complete(self, file_size: int) -> SealedUpload | None:
        """It came in whole. Without a file when it is not taken."""
        file = self._file
        if file is None:
            return None
        self._file = None
        with self._refusing():
            self._done.append(SealedUpload(file.complete()))
        return None if self.refused else self._done[-1]

    def end(self) -> None:
        """The form was answered: what nobody answers for is taken away."""
        file, self._file = self._file, None
        if file:
            file.give_up()
        while self._done:
            self._done.pop().give_up()
        if self._room:
            self._room.close()

    def _make_room(self) -> None:
        """Once: a form that has no files needs none."""
        if self._room is None:
            self._room = ExitStack()
            self._room.enter_context(ROOM.promised(self._length))

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            with full_is_no_room():
                yield
        except NotTaken as refusal:
            self._refuse(refusal)

    def _refuse(self, refusal: NotTaken) -> None:
        self.refused = self.refused or refusal
        self.end()


class ReadsPast(FileUploadHandler):
    """Reads a form and leaves out every file; `names` are the fields that held one."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.names: list[str] = []

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        """Go on with what follows it."""
        if field_name not in self.names:
            self.names.append(field_name)
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never asked for."""

    def file_complete(self, file_size: int) -> None:
        """There is none."""


class DropsFiles(ReadsPast):
    """For pages that take no files: what is sent there is read past, and not much of it."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - the name is Django's
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Raises RequestDataTooBig, before anything is read."""
        if content_length > WORDS_AT_MOST:
            raise RequestDataTooBig("A form without files is not as large as this.")


def takes_files(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The files of a form that is sent to this view are sealed; see `files_of`.

    Those that the view did not ask for are taken away when it has answered, however it did.
    """

    @wraps(view)
    def taking(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        handler = SealingUploadHandler(request)
        request.upload_handlers = [handler]
        try:
            return view(request, *args, **kwargs)
        finally:
            handler.end()

    return taking


def files_of(request: HttpRequest) -> list[SealedFile]:
    """The sealed files of a form; who asks answers for them: stores them, or `discard`s them.

    Raises NotTaken: TooManyFiles, FileTooLarge, NoRoom, TooBusy, BrokeOff. Then there are none, and
    `request.POST` still holds the other fields.
    """
    uploads = [upload for _, found in request.FILES.lists() for upload in found]
    for handler in request.upload_handlers:
        if isinstance(handler, SealingUploadHandler) and handler.refused:
            raise handler.refused
    return [upload.sealed for upload in uploads if isinstance(upload, SealedUpload)]
