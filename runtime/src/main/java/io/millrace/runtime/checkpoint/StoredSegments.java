package io.millrace.runtime.checkpoint;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory.Place;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/**
 * The segments of a job's checkpoints, in their files, in local copies where those are as they were
 * written, or in what came with the manifest. Thread-safe; streams are not.
 */
public final class StoredSegments implements SegmentSource {
    private static final int BUFFER_BYTES = 64 << 10;

    /** A worker's restore comes by far fewer; beyond this, headers are read again. */
    private static final int MAX_KNOWN = 4096;

    private final CheckpointDirectory directory;

    /**
     * Files whose header was right, with whether they are packed: a look at it costs a connection
     * to a DataNode.
     */
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    private final LocalCopies copies;

    /**
     * Of savepoints; null until a segment may be of one. Any task's thread; several may load it.
     */
    private volatile SavepointFormats formats;

    /** What would be in files, by their names. */
    private final Map<String, byte[]> inManifest = new HashMap<>();

    /** Of checkpoints of which nothing lies in a manifest. */
    public StoredSegments(CheckpointDirectory directory) {
        this(directory, LocalCopies.NONE, List.of());
    }

    /**
     * @param copies read first where there are some; used, not owned
     * @param files of the checkpoint; those that lie in the manifest are read there
     */
    public StoredSegments(
            CheckpointDirectory directory, LocalCopies copies, List<StoredFile> files) {
        this.directory = directory;
        this.copies = copies;
        for (StoredFile file : files) {
            if (file.isInManifest()) {
                inManifest.put(file.file(), file.content());
            }
        }
    }

    @Override
    public InputStream open(SegmentRef segment) throws IOException {
        Optional<SegmentSource> savepoint = savepointOf(segment.file());
        if (savepoint.isPresent()) {
            return savepoint.get().open(segment);
        }
        Place place = directory.place(segment.file());
        if (segment.offset() < SegmentHeader.BYTES || segment.end() < 0) {
            throw Damage.of(
                    "a manifest names "
                            + segment.length()
                            + " bytes at "
                            + segment.offset()
                            + " of "
                            + place.path()
                            + ", where no segment can be");
        }
        byte[] content = inManifest.get(segment.file());
        if (content != null) {
            return openIn(content, place, segment);
        }
        Optional<LocalCopies.Opened> copy = copies.open(segment, place);
        if (copy.isPresent()) {
            Verified in = new Verified(copy.get().in(), place.path(), segment, true);
            return content(in, copy.get().packed());
        }
        FSDataInputStream in = openFile(place);
        try {
            long position = 0;
            Boolean packed = known.get(segment.file());
            if (packed == null) {
                packed = SegmentHeader.check(in.readNBytes(SegmentHeader.BYTES), place);
                position = SegmentHeader.BYTES;
                if (known.size() < MAX_KNOWN) {
                    known.put(segment.file(), packed);
                }
            }
            if (segment.offset() != position) {
                seek(in, place, segment);
            }
            return content(new Verified(in, place.path(), segment, false), packed);
        } catch (IOException | RuntimeException e) {
            try (in) {
                throw e;
            }
        }
    }

    /** Who reads a file that is not a checkpoint's; empty if it is one. */
    private Optional<SegmentSource> savepointOf(String file) {
        if (file.indexOf(SavepointFormat.SIGN) < 0) {
            return Optional.empty();
        }
        if (formats == null) {
            formats = SavepointFormats.ofEngine();
        }
        return formats.segmentsOf(file);
    }

    private InputStream openIn(byte[] content, Place place, SegmentRef segment) {
        boolean packed =
                SegmentHeader.check(
                        Arrays.copyOf(content, Math.min(content.length, SegmentHeader.BYTES)),
                        place);
        if (segment.end() > content.length) {
            throw tooShort(place.path(), content.length, segment, null);
        }
        return content(
                new Verified(
                        new ByteArrayInputStream(
                                content, (int) segment.offset(), (int) segment.length()),
                        place.path(),
                        segment,
                        false),
                packed);
    }

    private static InputStream content(Verified stored, boolean packed) {
        return packed ? new PackedBlocks.Unpacked(stored, stored::broken) : stored;
    }

    private FSDataInputStream openFile(Place place) throws IOException {
        try {
            return directory.filesOf(place).open(place.path());
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw Damage.missing(place.path(), e);
        }
    }

    private void seek(FSDataInputStream in, Place place, SegmentRef segment) throws IOException {
        try {
            in.seek(segment.offset());
        } catch (IOException e) {
            // File systems refuse to go behind the end, each with its own exception.
            long length = directory.filesOf(place).getFileStatus(place.path()).getLen();
            if (length < segment.end()) {
                throw tooShort(place.path(), length, segment, e);
            }
            throw e;
        }
    }

    private static RuntimeException tooShort(
            Path path, long length, SegmentRef segment, IOException cause) {
        return Damage.of(
                path
                        + " is "
                        + length
                        + " bytes, but a segment of "
                        + segment.length()
                        + " bytes is to begin at "
                        + segment.offset(),
                cause);
    }

    /** Hands out bytes; the last ones only if all of them are as written. */
    private final class Verified extends FilledStream {
        private final InputStream in;
        private final Path path;
        private final SegmentRef segment;
        private final boolean copied;
        private final CRC32C crc = new CRC32C();
        private long left;

        /**
         * @param copied whether it reads a copy that was whole a moment ago
         */
        Verified(InputStream in, Path path, SegmentRef segment, boolean copied) {
            super(new byte[(int) Math.min(BUFFER_BYTES, segment.length())]);
            this.copied = copied;
            this.in = in;
            this.path = path;
            this.segment = segment;
            this.left = segment.length();
        }

        @Override
        boolean fill() throws IOException {
            if (left == 0) {
                return false;
            }
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                requireDurable();
                throw tooShort(path, segment.end() - left, segment, null);
            }
            crc.update(buffer, 0, count);
            left -= count;
            if (left == 0 && (int) crc.getValue() != segment.crc32c()) {
                requireDurable();
                throw Damage.of(
                        String.format(
                                "the segment of %d bytes at %d of %s has the checksum %08x, %08x"
                                        + " was written",
                                segment.length(),
                                segment.offset(),
                                path,
                                (int) crc.getValue(),
                                segment.crc32c()));
            }
            if (left == 0) {
                FaultPoint.RESTORE_HALF_READ.hit();
            }
            position = 0;
            limit = count;
            return true;
        }

        /** What is stored was not made by packing. */
        IOException broken(String what, Exception cause) throws IOException {
            requireDurable();
            throw Damage.of(
                    String.format(
                            "the packed segment of %d bytes at %d of %s is damaged: %s",
                            segment.length(), segment.offset(), path, what),
                    cause);
        }

        /** The durable file is not to blame for its copy: the next attempt reads it. */
        private void requireDurable() throws IOException {
            if (copied) {
                copies.discard(segment.file());
                throw new IOException(
                        "the local copy of " + path + " was altered while it was read");
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
