package io.millrace.runtime.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pointers as files, for the embedded cluster: {@code <directory>/<job>/<epoch>-<number>}. Confined
 * to one storage thread.
 */
public final class FilePointerStore implements PointerStore {
    /*
     * Each write makes a new file; the highest epoch and number that is whole counts. A leader marks its
     * epoch with a directory, reads, and writes what it has read as the first file of its epoch: what a
     * leader before it still writes is never read then, and that one notices, as it looks for higher
     * marks after its file is durable.
     *
     * A file that ends early was never answered for: the one before counts.
     */
    private static final Pattern FILE = Pattern.compile("([0-9]{19})-([0-9]{19})");
    private static final Pattern MARK = Pattern.compile("epoch-([0-9]{19})");
    private static final int KEPT = 2;

    /** Far more than a pointer with all its retained checkpoints. */
    private static final int MAX_BYTES = 16 << 20;

    private final FileSystem files;
    private final Path directory;
    private final long epoch;

    /**
     * @param epoch of this leader, 0 or higher
     */
    public FilePointerStore(FileSystem files, Path directory, long epoch) {
        this.files = files;
        this.directory = directory;
        this.epoch = epoch;
    }

    @Override
    public Pointer read(String jobId) {
        Path path = new Path(directory, jobId);
        try {
            begin(path);
            Pointer found = null;
            for (Name name : list(path).names()) {
                Path file = new Path(path, name.toString());
                byte[] bytes = read(file);
                if (!isTorn(bytes)) {
                    found = PointerCodec.decode(bytes, file);
                    if (name.epoch() == epoch) {
                        return isNothing(found) ? null : found;
                    }
                    break;
                }
            }
            writeNext(path, found != null ? found : nothing(jobId));
            return found == null || isNothing(found) ? null : found;
        } catch (IOException e) {
            throw FileErrors.of(e, path, "read the pointer to the checkpoints");
        }
    }

    /** Says of a job that it had no checkpoint when the epoch began. */
    private static Pointer nothing(String jobId) {
        return new Pointer(jobId, "", "", -1, List.of());
    }

    private static boolean isNothing(Pointer pointer) {
        return pointer.highestId() < 0;
    }

    @Override
    public void write(Pointer pointer, long epoch) {
        requireOwn(epoch);
        Path path = new Path(directory, pointer.jobId());
        try {
            begin(path);
        } catch (IOException e) {
            throw FileErrors.of(e, path, "write the pointer to the checkpoints");
        }
        writeNext(path, pointer);
    }

    private void writeNext(Path path, Pointer pointer) {
        byte[] bytes = PointerCodec.encode(pointer);
        Path file = new Path(path, next(path).toString());
        try {
            try (FSDataOutputStream out = files.createDurable(file)) {
                out.write(bytes);
            } catch (FileAlreadyExistsException e) {
                throw lost("another process has written " + file, e);
            }
            FaultPoint.CHECKPOINT_POINTER_SENT.hit();
        } catch (IOException e) {
            // Whether it is there is asked for, not guessed.
            if (!isWritten(file, bytes, e)) {
                throw FileErrors.of(e, file, "write the pointer to the checkpoints");
            }
        }
        Listing after = listAfter(path);
        if (after.highestEpoch() > epoch) {
            throw lost("epoch " + after.highestEpoch() + " has begun", null);
        }
        tidy(path, after.names());
    }

    private Listing listAfter(Path path) {
        try {
            return list(path);
        } catch (IOException e) {
            throw lost("nobody can tell whether " + path + " is still ours", e);
        }
    }

    private Name next(Path path) {
        try {
            Listing listing = list(path);
            if (listing.highestEpoch() > epoch) {
                throw lost("epoch " + listing.highestEpoch() + " has begun", null);
            }
            long number =
                    listing.names().stream()
                            .filter(name -> name.epoch() == epoch)
                            .mapToLong(Name::number)
                            .max()
                            .orElse(-1);
            return new Name(epoch, number + 1);
        } catch (IOException e) {
            throw FileErrors.of(e, path, "write the pointer to the checkpoints");
        }
    }

    /** After a failure: removes a file that is not whole, so that it is certain what counts. */
    private boolean isWritten(Path file, byte[] bytes, IOException failure) {
        try {
            byte[] found = read(file);
            if (Arrays.equals(found, bytes)) {
                return true;
            }
            files.delete(file, false);
            return false;
        } catch (FileNotFoundException | NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            e.addSuppressed(failure);
            throw lost("nobody can tell whether " + file + " was written", e);
        }
    }

    @Override
    public void remove(String jobId, long epoch) {
        requireOwn(epoch);
        Path path = new Path(directory, jobId);
        try {
            if (!files.exists(path)) {
                return;
            }
            Listing listing = list(path);
            if (listing.highestEpoch() > epoch) {
                throw lost("epoch " + listing.highestEpoch() + " has begun", null);
            }
            files.delete(path, true);
        } catch (IOException e) {
            throw FileErrors.of(e, path, "remove the pointer to the checkpoints");
        }
    }

    /** Nothing is open between two calls. */
    @Override
    public void close() {}

    private void begin(Path path) throws IOException {
        files.mkdirs(new Path(path, String.format("epoch-%019d", epoch)));
    }

    private void requireOwn(long epoch) {
        if (epoch != this.epoch) {
            throw lost("it asks to write in epoch " + epoch, null);
        }
    }

    private MillraceException lost(String why, Exception cause) {
        return new MillraceException(
                ErrorCode.LEADERSHIP_LOST,
                "the leader of epoch "
                        + epoch
                        + " may not write pointers to checkpoints any more: "
                        + why
                        + ". The leader of the highest epoch goes on.",
                cause);
    }

    /** What only a crash within a write leaves. */
    private static boolean isTorn(byte[] bytes) {
        return bytes.length < 12 || bytes.length < 16L + ByteBuffer.wrap(bytes).getInt(8);
    }

    private byte[] read(Path file) throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            return in.readNBytes(MAX_BYTES);
        }
    }

    /** Older files are of no use; that one of them cannot be deleted does no harm. */
    private void tidy(Path path, List<Name> names) {
        for (Name name : names.subList(Math.min(KEPT, names.size()), names.size())) {
            try {
                files.delete(new Path(path, name.toString()), false);
            } catch (IOException e) {
                return;
            }
        }
    }

    private Listing list(Path path) throws IOException {
        List<Name> names = new ArrayList<>();
        long highest = -1;
        for (FileStatus status : files.listStatus(path)) {
            Matcher file = FILE.matcher(status.getPath().getName());
            Matcher mark = MARK.matcher(status.getPath().getName());
            if (file.matches()) {
                names.add(new Name(Long.parseLong(file.group(1)), Long.parseLong(file.group(2))));
            } else if (mark.matches()) {
                highest = Math.max(highest, Long.parseLong(mark.group(1)));
            }
        }
        names.sort(
                Comparator.comparingLong(Name::epoch).thenComparingLong(Name::number).reversed());
        return new Listing(names, highest);
    }

    /**
     * @param names the last one first
     */
    private record Listing(List<Name> names, long highestEpoch) {}

    private record Name(long epoch, long number) {
        @Override
        public String toString() {
            return String.format("%019d-%019d", epoch, number);
        }
    }
}
