package io.millrace.rocks;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.runtime.checkpoint.PortableParts;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.state.KeyedBackendRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens the files of a database, those of all checkpoints that a part refers to, and writes its
 * rows. Stateless.
 */
public final class PortableFiles implements PortableParts {
    @Override
    public boolean reads(String form) {
        return form.equals(FilesForm.NAME);
    }

    @Override
    public List<StatePart> write(
            String operator,
            StatePart part,
            SegmentSource segments,
            Path directory,
            SegmentOutput out)
            throws IOException {
        KeyedBackendRequest request =
                new KeyedBackendRequest(
                        operator,
                        null, // no key becomes an object
                        part.firstKeyGroup(),
                        part.lastKeyGroup(),
                        part.lastKeyGroup() + 1,
                        Config.empty(),
                        directory,
                        null,
                        List.of(),
                        segments);
        SharedMemory memory =
                SharedMemories.OF_THIS_PROCESS.use(RocksSettings.from(Config.empty()));
        FilesRestore.Result restored;
        try {
            restored =
                    new FilesRestore(request, memory)
                            .restore(List.of(new RestoredPart(part, 0, 0, 0)));
        } catch (IOException | RuntimeException e) {
            memory.release();
            throw e;
        }
        try (Database database = restored.database()) {
            List<StatePart> parts = new ArrayList<>();
            for (StoredTable table : restored.tables()) {
                parts.add(
                        new PlainRowsWriter(table, database)
                                .writeTo(out, part.firstKeyGroup(), part.lastKeyGroup()));
            }
            return parts;
        } catch (CorruptDataException e) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    "the keyed state of operator "
                            + operator
                            + " cannot be read: "
                            + e.getMessage()
                            + ". Convert an earlier checkpoint.",
                    e);
        }
    }
}
