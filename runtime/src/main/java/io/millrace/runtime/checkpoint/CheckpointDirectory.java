package io.millrace.runtime.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the files of one job's checkpoints lie. Immutable; the only owner of the layout:
 *
 * <pre>
 * &lt;root&gt;/&lt;job id&gt;/job                                  whose directory it is
 *                 /fork-&lt;job id&gt;-&lt;epoch&gt;-&lt;checkpoint id&gt;  who needs a checkpoint, see {@link ForkMark}
 *                 /&lt;epoch&gt;/&lt;checkpoint id&gt;/&lt;worker&gt;.seg  segments, one after another
 *                                        /manifest      last, what the checkpoint consists of
 * </pre>
 *
 * <p>Of savepoints, and in trees of older releases, the number is the epoch; else it is the part of
 * an epoch that several checkpoints share, see {@link EpochParts}.
 *
 * <p>Files are named in manifests as {@code <epoch>/<checkpoint id>/<worker>.seg}, or absolutely if
 * they are of another job. Any other name is refused, so that no manifest reaches another file.
 */
public final class CheckpointDirectory {
    static final String MARKER = "job";
    static final String MANIFEST = "manifest";
    static final String SEGMENTS = ".seg";

    private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
    private static final String SEGMENT_FILE =
            NUMBER + "/" + NUMBER + "/([A-Za-z0-9_][A-Za-z0-9_.-]{0,199})\\.seg";
    private static final Pattern RELATIVE = Pattern.compile(SEGMENT_FILE);
    private static final Pattern ABSOLUTE = Pattern.compile("(.*)/([0-9a-f]{32})/" + SEGMENT_FILE);
    private static final Pattern NUMBERS = Pattern.compile(NUMBER);
    private static final Pattern JOB = Pattern.compile("[0-9a-f]{32}");

    private final FileSystem files;
    private final Path root;
    private final JobId jobId;
    private final Path path;

    /**
     * @param files of {@code root}
     * @param root of the checkpoints of all jobs
     */
    public CheckpointDirectory(FileSystem files, Path root, JobId jobId) {
        this.files = files;
        this.root = root;
        this.jobId = jobId;
        this.path = new Path(root, jobId.hex());
    }

    /**
     * As above, with the file system of the path.
     *
     * @throws MillraceException {@code FILE_SYSTEM_UNKNOWN}, {@code CLUSTER_UNREACHABLE} or {@code
     *     STORAGE_FAILED}
     */
    public static CheckpointDirectory of(Path root, JobId jobId) {
        try {
            FileSystem files = root.getFileSystem();
            return new CheckpointDirectory(files, root.makeQualified(files), jobId);
        } catch (IOException e) {
            throw FileErrors.of(e, root, "open the directory of checkpoints");
        }
    }

    public FileSystem files() {
        return files;
    }

    public Path root() {
        return root;
    }

    public JobId jobId() {
        return jobId;
    }

    /** The directory of the job. */
    public Path path() {
        return path;
    }

    Path marker() {
        return new Path(path, MARKER);
    }

    /** The directory of one checkpoint. */
    public Path checkpoint(long epoch, long checkpointId) {
        return new Path(path, epoch + "/" + checkpointId);
    }

    /** The manifest of one checkpoint. */
    public Path manifest(long epoch, long checkpointId) {
        return new Path(checkpoint(epoch, checkpointId), MANIFEST);
    }

    /** The name in manifests of the file of one worker. */
    public static String segmentFile(long epoch, long checkpointId, String workerId) {
        String name = workerId.replaceAll("[^A-Za-z0-9_.-]", "_").replaceFirst("^[.-]", "_");
        String file = epoch + "/" + checkpointId + "/" + name + SEGMENTS;
        if (!RELATIVE.matcher(file).matches()) {
            throw new IllegalArgumentException("no file of a checkpoint: '" + file + "'");
        }
        return file;
    }

    /**
     * The path of a file that a manifest names.
     *
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT} if it is not the name of a file of
     *     a checkpoint
     */
    public Path resolve(String file) {
        return place(file).path();
    }

    /** The same file by a name that holds for manifests of every job. */
    public String absolute(String file) {
        return resolve(file).toString();
    }

    /** Whether a name in a manifest is of a file of the manifest's own job. */
    static boolean isRelative(String file) {
        return RELATIVE.matcher(file).matches();
    }

    Place place(String file) {
        Matcher relative = RELATIVE.matcher(file);
        if (relative.matches()) {
            return new Place(
                    new Path(path, file),
                    jobId,
                    Long.parseLong(relative.group(1)),
                    Long.parseLong(relative.group(2)),
                    false);
        }
        Matcher absolute = ABSOLUTE.matcher(file);
        if (!absolute.matches() || hasDots(absolute.group(1)) || !isAbsolute(file)) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    "a checkpoint of job "
                            + jobId
                            + " in "
                            + path
                            + " names the file '"
                            + file
                            + "', which cannot be of a checkpoint. Its manifest is not one of"
                            + " Millrace's, or was tampered with; do not use it.");
        }
        return new Place(
                new Path(file),
                new JobId(absolute.group(2)),
                Long.parseLong(absolute.group(3)),
                Long.parseLong(absolute.group(4)),
                true);
    }

    /** The file system of a file, which for another job's may be another one. */
    FileSystem filesOf(Place place) throws IOException {
        return place.foreign() ? place.path().getFileSystem() : files;
    }

    private static boolean isAbsolute(String file) {
        return file.startsWith("/") || file.matches("[a-z][a-z0-9+.-]*:/.*");
    }

    private static boolean hasDots(String directories) {
        for (String part : directories.split("/")) {
            if (part.equals("..") || part.equals(".")) {
                return true;
            }
        }
        return false;
    }

    /** The number that names a directory of an epoch or of a checkpoint; −1 if it is none. */
    static long number(String name) {
        return NUMBERS.matcher(name).matches() ? Long.parseLong(name) : -1;
    }

    /** Whether a directory of this name can be a job's. */
    public static boolean isJob(String name) {
        return JOB.matcher(name).matches();
    }

    /**
     * A file as its name says.
     *
     * @param foreign another job's, which this job must never delete
     */
    record Place(Path path, JobId jobId, long epoch, long checkpointId, boolean foreign) {}

    @Override
    public String toString() {
        return path.toString();
    }
}
