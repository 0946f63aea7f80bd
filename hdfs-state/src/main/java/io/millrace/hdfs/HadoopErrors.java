package io.millrace.hdfs;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import javax.security.sasl.SaslException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.KerberosAuthException;
import org.apache.hadoop.security.token.SecretManager;
import org.ietf.jgss.GSSException;

/** What an exception of Hadoop means to us, and what its reader can do. Pure. */
public final class HadoopErrors {
    private HadoopErrors() {}

    /**
     * The error with its code.
     *
     * @param action what was tried, such as {@code "open"}
     * @param path the path or address that it was tried on
     */
    public static MillraceException explain(IOException error, String action, Object path) {
        IOException cause =
                error instanceof RemoteException remote ? remote.unwrapRemoteException() : error;
        if (isTokenTrouble(cause)) {
            return new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "cannot "
                            + action
                            + " "
                            + path
                            + ": the delegation token with which this process acts has ended ("
                            + firstLine(cause)
                            + "). A job that runs for longer than tokens live needs"
                            + " 'security.kerberos.login.keytab'; stop this one with a savepoint if"
                            + " it still can, and start it again with that.",
                    error);
        }
        ErrorCode code = codeOf(cause);
        String what =
                switch (code) {
                    case PATH_NOT_FOUND ->
                            path
                                    + " does not exist. Check the path's spelling and its file"
                                    + " system.";
                    case PERMISSION_DENIED ->
                            "no permission to "
                                    + action
                                    + " "
                                    + path
                                    + ": "
                                    + firstLine(cause)
                                    + ". Ask the path's owner, or name another path.";
                    case FILE_SYSTEM_UNKNOWN ->
                            "no file system for "
                                    + path
                                    + ": "
                                    + firstLine(cause)
                                    + ". Check the scheme, and that the plugin for it is"
                                    + " installed.";
                    case CLUSTER_UNREACHABLE ->
                            "cannot "
                                    + action
                                    + " "
                                    + path
                                    + ": "
                                    + firstLine(cause)
                                    + ". Check that the service runs and that its address in the"
                                    + " Hadoop configuration is right.";
                    case NOT_PERMITTED ->
                            "cannot "
                                    + action
                                    + " "
                                    + path
                                    + " for another user: "
                                    + firstLine(cause)
                                    + ". Ask the administrators for 'hadoop.proxyuser.<service>"
                                    + ".users' (or '.groups') and '.hosts' on the NameNode and"
                                    + " the ResourceManager, or unset HADOOP_PROXY_USER to act"
                                    + " for yourself.";
                    case AUTHENTICATION_FAILED ->
                            "cannot "
                                    + action
                                    + " "
                                    + path
                                    + ": Kerberos did not prove who this process is ("
                                    + firstLine(cause)
                                    + "). Call 'kinit' and look with 'klist', or set"
                                    + " 'security.kerberos.login.keytab' and"
                                    + " 'security.kerberos.login.principal'; if that does not help,"
                                    + " see whether the KDC answers.";
                    default ->
                            "cannot "
                                    + action
                                    + " "
                                    + path
                                    + ": "
                                    + firstLine(cause)
                                    + ". Check the file system's health and its logs.";
                };
        return new MillraceException(code, what, error);
    }

    static ErrorCode codeOf(IOException cause) {
        if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
            return ErrorCode.PATH_NOT_FOUND;
        }
        if (mayNotImpersonate(cause)) {
            return ErrorCode.NOT_PERMITTED;
        }
        if (isNotAuthenticated(cause)) {
            return ErrorCode.AUTHENTICATION_FAILED;
        }
        if (cause instanceof AccessControlException || cause instanceof AccessDeniedException) {
            return ErrorCode.PERMISSION_DENIED;
        }
        if (cause instanceof UnsupportedFileSystemException) {
            return ErrorCode.FILE_SYSTEM_UNKNOWN;
        }
        if (unreachable(cause)) {
            return ErrorCode.CLUSTER_UNREACHABLE;
        }
        return ErrorCode.STORAGE_FAILED;
    }

    /** Whether a delegation token has ended, or is known no more. */
    public static boolean isTokenTrouble(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof SecretManager.InvalidToken
                    || (t instanceof RemoteException remote
                            && SecretManager.InvalidToken.class
                                    .getName()
                                    .equals(remote.getClassName()))) {
                return true;
            }
        }
        return false;
    }

    /** Only Hadoop's words tell it from other refusals. */
    private static boolean mayNotImpersonate(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (String.valueOf(t.getMessage()).contains("is not allowed to impersonate")) {
                return true;
            }
        }
        return false;
    }

    /** There is no ticket, or it is refused. */
    private static boolean isNotAuthenticated(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof SaslException
                    || t instanceof GSSException
                    || t instanceof KerberosAuthException
                    || (t instanceof AccessControlException
                            && String.valueOf(t.getMessage())
                                    .contains("cannot authenticate via"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean unreachable(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof ConnectException
                    || t instanceof NoRouteToHostException
                    || t instanceof SocketTimeoutException
                    || t instanceof UnknownHostException
                    || (t instanceof EOFException
                            && t.getMessage() != null
                            && t.getMessage().contains("wiki.apache.org"))) {
                return true;
            }
        }
        return false;
    }

    /** The first line of a message, or the class where there is none. */
    public static String firstLine(Throwable error) {
        String message = error.getMessage();
        if (message == null || message.isBlank()) {
            return error.getClass().getSimpleName();
        }
        int end = message.indexOf('\n');
        String line = (end < 0 ? message : message.substring(0, end)).strip();
        // Hadoop adds a pointer to a wiki page; our own advice follows instead.
        int wiki = line.indexOf("; For more details see:");
        line = wiki < 0 ? line : line.substring(0, wiki);
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
