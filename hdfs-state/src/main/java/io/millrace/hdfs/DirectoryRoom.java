package io.millrace.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.QuotaUsage;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;

/**
 * Whether a directory may be written to, and how much more fits. Immutable.
 *
 * @param existing the directory, or the nearest one above it that is there
 * @param refusal why it may not be written to; null if it may
 * @param namesLeft files and directories that quotas still allow; −1 without quota
 * @param bytesLeft that quotas still allow, replicas counted; −1 without quota
 */
public record DirectoryRoom(String existing, String refusal, long namesLeft, long bytesLeft) {
    /**
     * Looks; writes nothing.
     *
     * @param directory with a scheme, or on the default file system
     * @param environment of the process, which may name a cluster
     * @throws io.millrace.api.error.MillraceException if the file system does not answer
     */
    public static DirectoryRoom of(String directory, Map<String, String> environment) {
        Path path = new Path(directory);
        Configuration configuration = HadoopSite.ofProcess(java.nio.file.Path.of("."), environment);
        return HadoopSite.withHadoopLoader(
                () -> {
                    try {
                        return look(path.getFileSystem(configuration), path);
                    } catch (IOException e) {
                        throw HadoopErrors.explain(e, "look at", path);
                    }
                });
    }

    private static DirectoryRoom look(FileSystem files, Path directory) throws IOException {
        Path existing = files.makeQualified(directory);
        FileStatus status = statusOf(files, existing);
        while (status == null && existing.getParent() != null) {
            existing = existing.getParent();
            status = statusOf(files, existing);
        }
        String refusal = null;
        if (status == null) {
            refusal = "there is nothing there, not even a root";
        } else if (!status.isDirectory()) {
            refusal = existing + " is a file";
        } else {
            try {
                files.access(existing, FsAction.WRITE_EXECUTE);
            } catch (AccessControlException e) {
                refusal = HadoopErrors.firstLine(e);
            }
        }
        long names = Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        // Elsewhere the question would be answered by walking all files.
        boolean quotas = "hdfs".equals(files.getUri().getScheme());
        for (Path above = existing; quotas && above != null; above = above.getParent()) {
            try {
                QuotaUsage usage = files.getQuotaUsage(above);
                if (usage.getQuota() >= 0) {
                    names = Math.min(names, usage.getQuota() - usage.getFileAndDirectoryCount());
                }
                if (usage.getSpaceQuota() >= 0) {
                    bytes = Math.min(bytes, usage.getSpaceQuota() - usage.getSpaceConsumed());
                }
            } catch (AccessControlException e) {
                break; // what may not be read cannot be told
            }
        }
        return new DirectoryRoom(
                existing.toString(),
                refusal,
                names == Long.MAX_VALUE ? -1 : Math.max(0, names),
                bytes == Long.MAX_VALUE ? -1 : Math.max(0, bytes));
    }

    private static FileStatus statusOf(FileSystem files, Path path) throws IOException {
        try {
            return files.getFileStatus(path);
        } catch (FileNotFoundException e) {
            return null;
        }
    }
}
