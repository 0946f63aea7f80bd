package io.millrace.yarn.submit;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Collection;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;
import org.apache.hadoop.security.UserGroupInformation;

/** The tickets of Kerberos with which this process acts. Stateless. */
final class KerberosTickets {
    private static final String GRANTING = "krbtgt/";

    private KerberosTickets() {}

    /** Those of the user that Hadoop's clients act for. */
    @SuppressWarnings("removal") // Java 17 has no other way to the subject of a call
    static Set<KerberosTicket> ofProcess() {
        try {
            return UserGroupInformation.getCurrentUser()
                    .doAs(
                            (PrivilegedAction<Set<KerberosTicket>>)
                                    () ->
                                            Subject.getSubject(AccessController.getContext())
                                                    .getPrivateCredentials(KerberosTicket.class));
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.PERMISSION_DENIED,
                    "who this process acts for cannot be told: " + e.getMessage(),
                    e);
        }
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
