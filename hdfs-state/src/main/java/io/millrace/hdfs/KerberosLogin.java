package io.millrace.hdfs;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * Tells Hadoop's clients in this process as whom they act on a secure cluster. Stateless; what it
 * changes is Hadoop's own, of the whole process.
 */
public final class KerberosLogin {
    private static final String KRB5_CONF = "java.security.krb5.conf";

    /** Hadoop's own name: whom a service with the rights of a proxy user acts for. */
    private static final String PROXY_USER = "HADOOP_PROXY_USER";

    private KerberosLogin() {}

    /**
     * Logs the process in with a keytab if there is one; tickets are found by Hadoop itself. Does
     * nothing on a cluster that is not secure. May be repeated.
     *
     * <p>Where the variable {@code HADOOP_PROXY_USER} names somebody, the process acts for them, as
     * Hadoop does it with tickets.
     *
     * @throws MillraceException {@code AUTHENTICATION_FAILED} if the keytab cannot be read, or the
     *     principal's key is refused
     */
    public static void asConfigured(Configuration hadoop, KerberosSettings settings) {
        if (settings.krb5Conf() != null) {
            System.setProperty(KRB5_CONF, settings.krb5Conf()); // where the JDK looks for it
        }
        HadoopSite.withHadoopLoader(
                () -> {
                    UserGroupInformation.setConfiguration(hadoop);
                    if (UserGroupInformation.isSecurityEnabled()
                            && settings.hasKeytab()
                            && !isLoggedIn(settings.principal())) {
                        Path keytab = readable(settings.keytab());
                        try {
                            UserGroupInformation.loginUserFromKeytab(
                                    settings.principal(), keytab.toString());
                            actForAnother(System.getenv(PROXY_USER));
                        } catch (IOException e) {
                            throw refused(settings.principal(), keytab, e);
                        }
                    }
                    return null;
                });
    }

    /** Hadoop itself does so with tickets, and forgets it when it logs in with a keytab. */
    static void actForAnother(String name) throws IOException {
        String other = name == null ? System.getProperty(PROXY_USER) : name;
        if (other != null && !other.isBlank()) {
            UserGroupInformation.setLoginUser(
                    UserGroupInformation.createProxyUser(
                            other, UserGroupInformation.getLoginUser()));
        }
    }

    /**
     * Does something as the keytab's principal, apart from whom the process acts for otherwise.
     *
     * @param keytab on this machine
     * @throws MillraceException {@code AUTHENTICATION_FAILED} as above
     */
    public static <T> T as(String principal, Path keytab, PrivilegedExceptionAction<T> action)
            throws IOException, InterruptedException {
        UserGroupInformation user;
        try {
            user =
                    UserGroupInformation.loginUserFromKeytabAndReturnUGI(
                            principal, readable(keytab.toString()).toString());
        } catch (IOException e) {
            throw refused(principal, keytab, e);
        }
        return user.doAs(action);
    }

    /** The krb5.conf that was named to this process, to be sent along; empty for the machine's. */
    public static Optional<Path> namedKrb5Conf() {
        return Optional.ofNullable(System.getProperty(KRB5_CONF))
                .filter(name -> !name.isBlank())
                .map(name -> Path.of(name).toAbsolutePath())
                .filter(Files::isReadable);
    }

    private static boolean isLoggedIn(String principal) {
        try {
            UserGroupInformation user = UserGroupInformation.getLoginUser();
            user = user.getRealUser() == null ? user : user.getRealUser();
            if (!user.isFromKeytab()) {
                return false;
            }
            String name = user.getUserName();
            return name.equals(principal) || name.startsWith(principal + "@");
        } catch (IOException e) {
            return false; // the login that follows says why
        }
    }

    private static Path readable(String keytab) {
        Path file = Path.of(keytab).toAbsolutePath();
        if (!Files.isReadable(file)) {
            throw new MillraceException(
                    ErrorCode.AUTHENTICATION_FAILED,
                    "the keytab "
                            + file
                            + (Files.exists(file)
                                    ? " cannot be read by this user."
                                    : " does not exist.")
                            + " Check '"
                            + KerberosOptions.KEYTAB.key()
                            + "'.");
        }
        return file;
    }

    private static MillraceException refused(String principal, Path keytab, IOException error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new MillraceException(
                ErrorCode.AUTHENTICATION_FAILED,
                "Kerberos did not let "
                        + principal
                        + " in with the keytab "
                        + keytab
                        + ": "
                        + HadoopErrors.firstLine(root)
                        + ". 'klist -kt' lists whose keys it has; check '"
                        + KerberosOptions.PRINCIPAL.key()
                        + "', the realm in krb5.conf, whether its KDC answers, and that the"
                        + " clocks agree.",
                error);
    }
}
