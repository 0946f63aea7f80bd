package io.millrace.hdfs;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Calls of Hadoop with its class loader as the thread's context, whose errors come out in the
 * classes that the API's file systems share. Stateless.
 */
final class HadoopCalls {
    private HadoopCalls() {}

    /** A call of Hadoop. */
    interface Call<T> {
        T run() throws IOException;
    }

    /**
     * @param action for messages, such as {@code "read"}
     * @throws MillraceException {@code CLUSTER_UNREACHABLE} if the service does not answer
     */
    static <T> T call(String action, Path path, Call<T> body) throws IOException {
        try {
            return HadoopSite.withHadoopLoader(
                    () -> {
                        try {
                            return body.run();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        } catch (IllegalArgumentException e) {
                            // So it says that a host is unknown.
                            if (e.getCause() instanceof IOException cause) {
                                throw new UncheckedIOException(cause);
                            }
                            throw e;
                        }
                    });
        } catch (UncheckedIOException e) {
            throw translated(e.getCause(), action, path);
        }
    }

    private static IOException translated(IOException error, String action, Path path) {
        IOException cause =
                error instanceof RemoteException remote ? remote.unwrapRemoteException() : error;
        if (cause instanceof FileNotFoundException) {
            return cause;
        }
        if (cause instanceof AccessControlException) {
            return withCause(
                    new AccessDeniedException(path.toString(), null, HadoopErrors.firstLine(cause)),
                    error);
        }
        if (cause instanceof org.apache.hadoop.fs.FileAlreadyExistsException) {
            return withCause(new FileAlreadyExistsException(path.toString()), error);
        }
        if (HadoopErrors.codeOf(cause) == ErrorCode.CLUSTER_UNREACHABLE) {
            throw HadoopErrors.explain(error, action, path);
        }
        return error;
    }

    private static IOException withCause(IOException error, IOException cause) {
        error.initCause(cause);
        return error;
    }
}
