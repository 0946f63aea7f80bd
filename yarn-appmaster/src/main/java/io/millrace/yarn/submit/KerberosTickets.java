package io.millrace.yarn.submit;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.hdfs.KerberosSettings;
import java.io.IOException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Collection;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.UserGroupInformation;

/** The tickets of Kerberos with which this process acts. Stateless. */
final class KerberosTickets {
    private static final String GRANTING = "krbtgt/";

    private KerberosTickets() {}

    /**
     * Refuses to go on without one where the cluster wants one. Delegation tokens do as well: a
     * process that another job has started, as an action of Oozie, acts with them.
     *
     * @throws MillraceException {@code AUTHENTICATION_FAILED} saying what to do
     */
    static void requireOne(KerberosSettings kerberos, long nowMs) {
        if (!UserGroupInformation.isSecurityEnabled() || actsByTokens()) {
            return;
        }
        boolean mayUse = kerberos.hasKeytab() || kerberos.useTicketCache();
        if (!mayUse || leftMs(ofProcess(), nowMs) < 0) {
            throw new MillraceException(
                    ErrorCode.AUTHENTICATION_FAILED,
                    "the cluster is secured by Kerberos, and "
                            + (mayUse
                                    ? "this process has no valid ticket. Call 'kinit' and look with"
                                            + " 'klist'"
                                    : "'security.kerberos.login.use-ticket-cache' is false. Set it"
                                            + " to true")
                            + ", or set 'security.kerberos.login.keytab' and"
                            + " 'security.kerberos.login.principal'.");
        }
    }

    /** Whether delegation tokens were given to this process when it was started. */
    static boolean actsByTokens() {
        return !currentUser().getTokens().isEmpty();
    }

    /** The delegation tokens that were given to this process; usually none. */
    static Credentials tokensOfProcess() {
        return currentUser().getCredentials();
    }

    private static UserGroupInformation currentUser() {
        try {
            return UserGroupInformation.getCurrentUser();
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.AUTHENTICATION_FAILED,
                    "who this process acts for cannot be told: " + e.getMessage(),
                    e);
        }
    }

    /**
     * Whether this process submits for somebody else, with the rights of a proxy user: {@code
     * HADOOP_PROXY_USER}. Its keytab is not theirs.
     */
    static boolean actsForAnother() {
        return currentUser().getRealUser() != null;
    }

    /** Those of the user who proves who they are, for themselves or for another. */
    @SuppressWarnings("removal") // Java 17 has no other way to the subject of a call
    static Set<KerberosTicket> ofProcess() {
        UserGroupInformation user = currentUser();
        return (user.getRealUser() == null ? user : user.getRealUser())
                .doAs(
                        (PrivilegedAction<Set<KerberosTicket>>)
                                () ->
                                        Subject.getSubject(AccessController.getContext())
                                                .getPrivateCredentials(KerberosTicket.class));
    }

    /**
     * How long the ticket holds with which others are asked for.
     *
     * @return −1 if there is none, or only one that has ended
     */
    static long leftMs(Collection<KerberosTicket> tickets, long nowMs) {
        return tickets.stream()
                .filter(ticket -> ticket.getServer().getName().startsWith(GRANTING))
                .mapToLong(ticket -> ticket.getEndTime().getTime() - nowMs)
                .filter(leftMs -> leftMs > 0)
                .max()
                .orElse(-1);
    }
}
