package io.millrace.yarn.claim;

import io.millrace.hdfs.HadoopErrors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claims of applications on one tag, as files below the staging root. Thread-safe; other
 * processes change the files at any time.
 *
 * <pre>
 * tags/&lt;hash of the tag>/&lt;application id>   who has claimed it: "submitter\ntag\n"
 * tags/&lt;hash of the tag>/done               id of the application that has succeeded, if the
 *                                          tag's work is done once
 * </pre>
 *
 * <p>A claim is written before its application is submitted, and an application master whose claim
 * is gone does not begin. So whoever removes a claim that nobody has submitted, and sees afterwards
 * that it still is not submitted, knows that its application will never run.
 */
public final class TagClaims {
    private static final Logger LOG = LoggerFactory.getLogger(TagClaims.class);
    private static final FsPermission OWNER_ONLY = new FsPermission((short) 0700);
    private static final String ROOM = "tags";
    private static final String DONE = "done";
    private static final long DAY_MS = 24 * 3_600_000L;

    /** Longer than anybody runs the same work again by mistake. */
    private static final long DONE_KEPT_MS = 90 * DAY_MS;

    private static final int MAX_SWEPT_AT_ONCE = 100;

    private final FileSystem files;
    private final RunTag tag;
    private final Path directory;

    /**
     * @param root the staging root
     */
    public TagClaims(FileSystem files, Path root, RunTag tag) {
        this.files = files;
        this.tag = tag;
        this.directory = new Path(new Path(root, ROOM), tag.directoryName());
    }

    /**
     * One application's claim. Immutable.
     *
     * @param submitter the process that has written it; empty while it is being written
     * @param writtenAtMs by the clock of the file system
     */
    public record Claim(String applicationId, String submitter, long writtenAtMs) {}

    public RunTag tag() {
        return tag;
    }

    /** All claims, whatever has become of their applications. */
    public List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        try {
            for (FileStatus file : list(files, directory)) {
                if (!file.getPath().getName().equals(DONE)) {
                    read(file).ifPresent(claims::add);
                }
            }
            return claims;
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "read the claims in", directory);
        }
    }

    /** Writes a claim, or writes it again, and returns it as others see it. */
    public Claim put(String applicationId, String submitter) {
        Path file = file(applicationId);
        try {
            files.mkdirs(directory.getParent(), OWNER_ONLY);
            files.mkdirs(directory, OWNER_ONLY);
            write(file, submitter + "\n" + tag.text() + "\n");
            return new Claim(
                    applicationId, submitter, files.getFileStatus(file).getModificationTime());
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "write the claim", file);
        }
    }

    public boolean holds(String applicationId) {
        Path file = file(applicationId);
        try {
            return files.exists(file);
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "look for the claim", file);
        }
    }

    /** Takes a claim back; none is no error. */
    public void remove(String applicationId) {
        Path file = file(applicationId);
        try {
            files.delete(file, false);
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "remove the claim", file);
        }
    }

    /** The application that has done this work for good. */
    public Optional<String> done() {
        try (FSDataInputStream in = files.open(new Path(directory, DONE))) {
            String id = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return id.isEmpty() ? Optional.empty() : Optional.of(id);
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "read", new Path(directory, DONE));
        }
    }

    /** Keeps that this application has done the work. */
    public void putDone(String applicationId) {
        Path file = new Path(directory, DONE);
        try {
            write(file, applicationId + "\n");
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "write", file);
        }
    }

    /**
     * Removes claims more than a day old of applications that have ended, and what was done long
     * ago. Failing here must not fail the caller: it warns.
     *
     * @param ended whether an application runs no more, or never did
     * @return how many tags were looked at that have nothing left
     */
    public static int sweep(FileSystem files, Path root, Predicate<String> ended, long nowMs) {
        int emptied = 0;
        int swept = 0;
        try {
            for (FileStatus one : list(files, new Path(root, ROOM))) {
                boolean empty = true;
                for (FileStatus file : list(files, one.getPath())) {
                    long ageMs = nowMs - file.getModificationTime();
                    String name = file.getPath().getName();
                    if (swept == MAX_SWEPT_AT_ONCE
                            || ageMs < (name.equals(DONE) ? DONE_KEPT_MS : DAY_MS)
                            || !(name.equals(DONE) || ended.test(name))) {
                        empty = false;
                    } else {
                        files.delete(file.getPath(), false);
                        swept++;
                    }
                }
                if (empty && nowMs - one.getModificationTime() >= DAY_MS) {
                    emptied += deleteEmpty(files, one.getPath()) ? 1 : 0;
                }
            }
        } catch (IOException e) {
            LOG.warn("old claims were not removed path={} cause={}", root, e.toString());
        }
        return emptied;
    }

    /** False if somebody has come in again. */
    private static boolean deleteEmpty(FileSystem files, Path directory) {
        try {
            return files.delete(directory, false);
        } catch (IOException e) {
            LOG.debug("not removed: {}", directory, e);
            return false;
        }
    }

    private Optional<Claim> read(FileStatus file) throws IOException {
        try (FSDataInputStream in = files.open(file.getPath())) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(
                    new Claim(
                            file.getPath().getName(),
                            text.lines().findFirst().orElse(""),
                            file.getModificationTime()));
        } catch (FileNotFoundException e) {
            return Optional.empty(); // taken back since it was listed
        }
    }

    private void write(Path file, String text) throws IOException {
        try (FSDataOutputStream out = files.create(file, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Path file(String applicationId) {
        return new Path(directory, applicationId);
    }

    private static FileStatus[] list(FileSystem files, Path directory) throws IOException {
        try {
            return files.listStatus(directory);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }
}
