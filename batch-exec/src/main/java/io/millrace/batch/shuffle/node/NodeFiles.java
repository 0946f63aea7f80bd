package io.millrace.batch.shuffle.node;

import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Names and places by which the shuffle service of a node finds results. Pure but for {@link
 * #share}.
 *
 * <pre>
 * local directory of the application / output / WORKER-JOB-eEDGE-pPRODUCER-aATTEMPT / file.out
 *                                                                                   file.out.index
 * </pre>
 *
 * <p>The service keeps indexes of all applications by the name of the result alone. A worker's id
 * is its container's, which no two applications share, nor two attempts of one.
 */
public final class NodeFiles {
    public static final String DATA = "file.out";
    public static final String INDEX = "file.out.index";

    private static final String OUTPUT = "output";

    private NodeFiles() {}

    /** The results of an application in one of its local directories. */
    public static Path output(Path local) {
        return local.resolve(OUTPUT);
    }

    /** The name of a result that this worker wrote. */
    public static String nameOf(String workerId, ResultId id) {
        return workerId.replace('/', '-') + endOfName(id);
    }

    /** How the name of a result ends, whoever wrote it. */
    public static String endOfName(ResultId id) {
        return partOfJob(id.jobId())
                + "e"
                + id.edgeId()
                + "-p"
                + id.producerSubtask()
                + "-a"
                + id.attempt();
    }

    /** What is in the names of all results of a job, and in no others. */
    public static String partOfJob(JobId jobId) {
        return "-" + jobId.hex() + "-";
    }

    /**
     * Lets the service's group read a file or a directory, on file systems that have groups. The
     * group itself comes from the directory above, where YARN has set it.
     */
    public static void share(Path path) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        boolean more = permissions.add(PosixFilePermission.GROUP_READ);
        if (Files.isDirectory(path)) {
            more |= permissions.add(PosixFilePermission.GROUP_EXECUTE);
        }
        if (more) {
            view.setPermissions(permissions);
        }
    }
}
