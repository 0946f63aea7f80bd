package io.millrace.hdfs;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.coordinator.journal.JournalStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An application's journal as files of a Hadoop file system: {@code <directory>/<epoch>/<number>}.
 * Confined to the host's thread.
 *
 * <p>A file is created, never overwritten, and synced and closed before {@link #append} returns.
 */
public final class HdfsJournalStore implements JournalStore {
    /*
     * Fencing. Opening makes the directory of the epoch, then reads. Appending writes, then looks
     * whether a directory of a higher epoch exists. So either a new leader's directory came first and
     * the old leader sees it and has not appended, or the entry came first and the new leader reads it.
     *
     * The first file of an epoch repeats all that its leader had read, so it alone decides what the past
     * was: what an old leader still writes into its own epoch after that is read by nobody.
     */
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileSystem files;
    private final Path directory;
    private final long epoch;
    private final List<byte[]> entries;
    private int nextNumber;

    private HdfsJournalStore(FileSystem files, Path directory, long epoch, List<byte[]> entries) {
        this.files = files;
        this.directory = directory;
        this.epoch = epoch;
        this.entries = entries;
    }

    /**
     * Begins an epoch and reads what the epochs before it have left.
     *
     * @param files stays open; the caller closes it
     * @param epoch of this leader, 0 or higher
     * @throws MillraceException {@code LEADERSHIP_LOST} if this or a higher epoch has begun
     *     already; {@code STORAGE_FAILED} naming the file that is damaged
     */
    public static HdfsJournalStore open(FileSystem files, Path directory, long epoch) {
        Path own = epochDirectory(directory, epoch);
        try {
            List<Long> before = epochs(files, directory);
            if (!before.isEmpty() && before.get(0) >= epoch) {
                throw lost(epoch, before.get(0), directory);
            }
            if (!files.mkdirs(own)) {
                throw new IOException("mkdirs answered false");
            }
            FaultPoint.JOURNAL_EPOCH_BEGUN.hit();
            for (long earlier : before) {
                List<byte[]> found = readEpoch(files, epochDirectory(directory, earlier));
                if (!found.isEmpty()) {
                    return new HdfsJournalStore(files, directory, epoch, found);
                }
            }
            return new HdfsJournalStore(files, directory, epoch, new ArrayList<>());
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "open the journal", own);
        }
    }

    @Override
    public void append(byte[] entry) {
        List<byte[]> written = new ArrayList<>();
        if (nextNumber == 0) {
            written.addAll(entries);
        }
        written.add(entry);
        Path file = new Path(epochDirectory(directory, epoch), name(nextNumber));
        try {
            FaultPoint.JOURNAL_BEFORE_WRITE.hit();
            writeNew(file, JournalFile.encode(written));
            FaultPoint.JOURNAL_WRITTEN.hit();
            List<Long> epochs = epochs(files, directory);
            if (epochs.isEmpty() || epochs.get(0) != epoch) {
                throw lost(epoch, epochs.isEmpty() ? -1 : epochs.get(0), directory);
            }
        } catch (FileNotFoundException e) {
            throw lost(epoch, -1, directory);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "it is unknown whether journal file "
                            + file
                            + " is durable: "
                            + HadoopErrors.firstLine(e)
                            + ". This leader gives up; the next one reads what is there.",
                    e);
        }
        entries.add(entry);
        nextNumber++;
    }

    @Override
    public List<byte[]> readAll() {
        return List.copyOf(entries);
    }

    /** Nothing is open between two calls. */
    @Override
    public void close() {}

    private void writeNew(Path file, byte[] bytes) throws IOException {
        // Without making directories: who has removed them has ended the application.
        try (FSDataOutputStream out =
                files.createNonRecursive(
                        file,
                        false,
                        BUFFER_BYTES,
                        files.getDefaultReplication(file),
                        files.getDefaultBlockSize(file),
                        null)) {
            FaultPoint.JOURNAL_FILE_MADE.hit();
            out.write(bytes);
            out.hsync();
        }
    }

    /** The entries that count in one epoch; the last file may be torn. */
    private static List<byte[]> readEpoch(FileSystem files, Path directory) throws IOException {
        FileStatus[] found = files.listStatus(directory);
        Arrays.sort(found, Comparator.comparing(status -> status.getPath().getName()));
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            Path file = found[i].getPath();
            if (!file.getName().equals(name(i))) {
                throw JournalFile.damaged(new Path(directory, name(i)), "it is missing");
            }
            Optional<List<byte[]>> decoded = JournalFile.decode(read(files, file), file);
            if (decoded.isPresent()) {
                entries.addAll(decoded.get());
            } else if (i < found.length - 1) {
                throw JournalFile.damaged(file, "it ends early and is not the last one");
            }
        }
        return entries;
    }

    /**
     * Reads to the end, not to the length that is on record: that one lags while a file is open.
     */
    private static byte[] read(FileSystem files, Path file) throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            return in.readNBytes(JournalFile.HEADER_BYTES + JournalFile.MAX_PAYLOAD_BYTES + 1);
        }
    }

    /** Highest first. */
    private static List<Long> epochs(FileSystem files, Path directory) throws IOException {
        List<Long> epochs = new ArrayList<>();
        try {
            for (FileStatus status : files.listStatus(directory)) {
                epochs.add(parseEpoch(status.getPath()));
            }
        } catch (FileNotFoundException e) {
            return List.of();
        }
        epochs.sort(Comparator.reverseOrder());
        return epochs;
    }

    private static long parseEpoch(Path path) {
        try {
            return Long.parseLong(path.getName());
        } catch (NumberFormatException e) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    path + " is not of a journal. Remove it, or name another staging directory.",
                    e);
        }
    }

    private static Path epochDirectory(Path directory, long epoch) {
        return new Path(directory, String.format("%019d", epoch));
    }

    private static String name(int number) {
        return String.format("%09d", number);
    }

    private static MillraceException lost(long epoch, long higher, Path directory) {
        return new MillraceException(
                ErrorCode.LEADERSHIP_LOST,
                higher < 0
                        ? "the journal "
                                + directory
                                + " has been removed: the application has ended."
                        : "this process led in epoch "
                                + epoch
                                + ", but epoch "
                                + higher
                                + " has begun in "
                                + directory
                                + ". The process of that epoch goes on.");
    }
}
