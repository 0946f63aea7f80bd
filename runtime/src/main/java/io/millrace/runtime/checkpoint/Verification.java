package io.millrace.runtime.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.CheckpointDirectory.Place;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Reads every byte of every file that a checkpoint needs and collects what is wrong. Confined to
 * its user.
 */
public final class Verification {
    private static final int BUFFER_BYTES = 256 << 10;

    private final CheckpointDirectory directory;
    private final Pace pace;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final List<String> damages = new ArrayList<>();
    private final Set<String> damagedFiles = new LinkedHashSet<>();
    private final Set<String> wholeFiles = new LinkedHashSet<>();
    private int segments;
    private long bytes;

    private Verification(CheckpointDirectory directory, Pace pace) {
        this.directory = directory;
        this.pace = pace;
    }

    /** Told of each block that was read; may wait, or throw to give up. */
    @FunctionalInterface
    public interface Pace {
        /** As fast as it goes. */
        Pace FULL = bytes -> {};

        void read(int bytes);
    }

    /**
     * What was found. Immutable.
     *
     * @param bytes that were read
     * @param damages each with file and numbers; empty if the checkpoint is whole
     * @param damagedFiles of these, those that are certainly not what was written; not those that
     *     could only not be read now
     * @param wholeFiles as the manifest names them
     */
    public record Result(
            int files,
            int segments,
            long bytes,
            List<String> damages,
            Set<String> damagedFiles,
            Set<String> wholeFiles) {
        public Result {
            damages = List.copyOf(damages);
            damagedFiles = Set.copyOf(damagedFiles);
            wholeFiles = Set.copyOf(wholeFiles);
        }

        public boolean isWhole() {
            return damages.isEmpty();
        }
    }

    /**
     * @param directory of the job that the manifest is of
     * @throws MillraceException {@code CLUSTER_UNREACHABLE} if the file system does not answer;
     *     that it cannot read one file is a damage
     */
    public static Result of(CheckpointDirectory directory, Manifest manifest, Pace pace) {
        return of(directory, manifest, pace, Set.of());
    }

    /**
     * The same without files that were read before.
     *
     * @param known not to be read, as manifests name them
     */
    public static Result of(
            CheckpointDirectory directory, Manifest manifest, Pace pace, Set<String> known) {
        Verification verification = new Verification(directory, pace);
        Map<String, StoredFile> files = new LinkedHashMap<>();
        manifest.files().forEach(file -> files.put(file.file(), file));
        Map<String, List<SegmentRef>> segments = new LinkedHashMap<>();
        manifest.segments()
                .distinct()
                .forEach(
                        segment ->
                                segments.computeIfAbsent(segment.file(), file -> new ArrayList<>())
                                        .add(segment));
        for (String file : segments.keySet()) {
            if (!files.containsKey(file)) {
                verification.damages.add(
                        "the manifest has state in " + file + ", but does not list that file");
            }
        }
        for (StoredFile file : files.values()) {
            if (!known.contains(file.file())) {
                verification.check(file, segments.getOrDefault(file.file(), List.of()));
            }
        }
        return new Result(
                files.size(),
                verification.segments,
                verification.bytes,
                verification.damages,
                verification.damagedFiles,
                verification.wholeFiles);
    }

    private void check(StoredFile file, List<SegmentRef> segments) {
        int before = damages.size();
        if (!look(file, segments)) {
            return;
        }
        if (damages.size() == before) {
            wholeFiles.add(file.file());
        } else {
            damagedFiles.add(file.file());
        }
    }

    /** Returns false if the file could not be read, so that nothing is known of it. */
    private boolean look(StoredFile file, List<SegmentRef> segments) {
        try {
            Place place = directory.place(file.file());
            try (InputStream in = open(file, place)) {
                byte[] header = in.readNBytes(SegmentHeader.BYTES);
                SegmentHeader.check(header, place);
                read(in, place, file, segments);
            } catch (FileNotFoundException | NoSuchFileException e) {
                damages.add(place.path() + " is missing");
            } catch (IOException e) {
                damages.add(place.path() + " cannot be read: " + e.getMessage());
                return false;
            }
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.CHECKPOINT_FILE_CORRUPT
                    && e.code() != ErrorCode.CHECKPOINT_INCOMPATIBLE) {
                throw e;
            }
            damages.add(e.getMessage());
        }
        return true;
    }

    private InputStream open(StoredFile file, Place place) throws IOException {
        return file.isInManifest()
                ? new ByteArrayInputStream(file.content())
                : directory.filesOf(place).open(place.path());
    }

    /** Once through the file, with the sums of all segments that are under way. */
    private void read(InputStream in, Place place, StoredFile file, List<SegmentRef> segments)
            throws IOException {
        List<SegmentRef> ahead = new ArrayList<>(segments);
        ahead.sort(Comparator.comparingLong(SegmentRef::offset));
        List<Sum> open = new ArrayList<>();
        int next = 0;
        long position = SegmentHeader.BYTES;
        bytes += SegmentHeader.BYTES;
        while (next < ahead.size() && ahead.get(next).offset() < position) {
            damages.add(
                    place.path()
                            + ": the manifest has a segment at "
                            + ahead.get(next).offset()
                            + ", within the header");
            next++;
        }
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            long end = position + count;
            while (next < ahead.size() && ahead.get(next).offset() < end) {
                open.add(new Sum(ahead.get(next++)));
            }
            for (Sum sum : open) {
                sum.add(buffer, position, count);
            }
            open.removeIf(sum -> sum.isOver(end) && close(sum, place));
            position = end;
            bytes += count;
            pace.read(count);
        }
        for (Sum sum : open) {
            damages.add(tooShort(place, position, sum.segment));
        }
        for (SegmentRef segment : ahead.subList(next, ahead.size())) {
            damages.add(tooShort(place, position, segment));
        }
        if (position != file.length()) {
            damages.add(
                    place.path()
                            + " is "
                            + position
                            + " bytes, the manifest says "
                            + file.length());
        }
    }

    private static String tooShort(Place place, long length, SegmentRef segment) {
        return place.path() + " is " + length + " bytes, a segment of it ends at " + segment.end();
    }

    /** Always true. */
    private boolean close(Sum sum, Place place) {
        segments++;
        if ((int) sum.crc.getValue() != sum.segment.crc32c()) {
            damages.add(
                    String.format(
                            "%s: the segment of %d bytes at %d has the checksum %08x, %08x was"
                                    + " written",
                            place.path(),
                            sum.segment.length(),
                            sum.segment.offset(),
                            (int) sum.crc.getValue(),
                            sum.segment.crc32c()));
        }
        return true;
    }

    /** Of one segment so far. */
    private static final class Sum {
        final SegmentRef segment;
        final CRC32C crc = new CRC32C();

        Sum(SegmentRef segment) {
            this.segment = segment;
        }

        /**
         * @param position of the block's first byte in the file
         */
        void add(byte[] block, long position, int count) {
            long from = Math.max(segment.offset(), position);
            long to = Math.min(segment.end(), position + count);
            if (from < to) {
                crc.update(block, (int) (from - position), (int) (to - from));
            }
        }

        boolean isOver(long position) {
            return segment.end() <= position;
        }
    }
}
