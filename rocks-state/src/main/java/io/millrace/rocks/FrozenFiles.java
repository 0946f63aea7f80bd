package io.millrace.rocks;

import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.StatePart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A database at a freeze, to be written as files of which earlier checkpoints have most. */
final class FrozenFiles implements FrozenState {
    private static final int INLINE_BYTES = 1024;
    private static final String UNCHANGING = ".sst";

    private final Database database;
    private final FlushQueue queue;
    private final Flush flush;
    private final LinkedFiles files;
    private final UploadedFiles earlier;
    private final List<StoredTable> tables;
    private final int firstKeyGroup;
    private final int lastKeyGroup;
    private final Consumer<UploadedFiles> written;

    FrozenFiles(
            Database database,
            FlushQueue queue,
            Flush flush,
            LinkedFiles files,
            UploadedFiles earlier,
            List<StoredTable> tables,
            int firstKeyGroup,
            int lastKeyGroup,
            Consumer<UploadedFiles> written) {
        this.database = database;
        this.queue = queue;
        this.flush = flush;
        this.files = files;
        this.earlier = earlier;
        this.tables = tables;
        this.firstKeyGroup = firstKeyGroup;
        this.lastKeyGroup = lastKeyGroup;
        this.written = written;
    }

    @Override
    public List<StatePart> writeTo(SegmentOutput out) throws IOException {
        if (!database.lease()) {
            throw new IOException("the task has ended before its state was written");
        }
        try {
            queue.settle(flush);
        } catch (MillraceException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            database.release();
        }
        return List.of(upload(out));
    }

    private StatePart upload(SegmentOutput out) throws IOException {
        List<Path> all;
        try (Stream<Path> listed = Files.list(files.directory())) {
            all = listed.filter(FrozenFiles::needed).sorted().toList();
        }
        List<String> names = all.stream().map(path -> path.getFileName().toString()).toList();
        Map<String, SegmentRef> used = earlier.usable(names);
        Map<String, SegmentRef> added = new HashMap<>();
        List<Piece> pieces = new ArrayList<>();
        List<FilesForm.StoredFile> described = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Path path = all.get(i);
            String name = names.get(i);
            long length = Files.size(path);
            described.add(new FilesForm.StoredFile(name, length));
            SegmentRef known = used.get(name);
            if (known == null && length <= INLINE_BYTES && !name.endsWith(UNCHANGING)) {
                pieces.add(new Piece.Inline(Files.readAllBytes(path)));
                continue;
            }
            SegmentRef ref = known;
            if (ref == null) {
                ref = out.append(stream -> copy(path, length, stream));
                if (name.endsWith(UNCHANGING)) {
                    added.put(name, ref);
                }
            }
            // No file is of use without the others, so each is about all key groups.
            pieces.add(new Piece.Stored(ref, firstKeyGroup, lastKeyGroup));
        }
        written.accept(earlier.with(used, added));
        return new StatePart(
                StatePart.Kind.KEYED,
                FilesForm.PART,
                FilesForm.NAME,
                firstKeyGroup,
                lastKeyGroup,
                0,
                new FilesForm(tables, described).toBytes(),
                pieces);
    }

    private static void copy(Path path, long length, OutputStream out) throws IOException {
        long copied = Files.copy(path, out);
        if (copied != length) {
            throw new IOException(path + " has " + length + " bytes, in the checkpoint " + copied);
        }
    }

    private static boolean needed(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(UNCHANGING) || name.startsWith("MANIFEST-") || name.equals("CURRENT");
    }

    @Override
    public void close() {
        flush.abandon();
        files.close();
    }
}
