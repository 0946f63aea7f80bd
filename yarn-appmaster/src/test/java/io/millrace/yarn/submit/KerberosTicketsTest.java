package io.millrace.yarn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.List;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KerberosTicket;
import org.junit.jupiter.api.Test;

class KerberosTicketsTest {
    private static final long NOW_MS = 1_700_000_000_000L;

    private static KerberosTicket ticket(String server, long leftMs) {
        return new KerberosTicket(
                new byte[] {1},
                new KerberosPrincipal("ann@ACME.COM"),
                new KerberosPrincipal(server + "@ACME.COM"),
                new byte[] {2},
                1,
                new boolean[32],
                new Date(NOW_MS - 1_000),
                new Date(NOW_MS - 1_000),
                new Date(NOW_MS + leftMs),
                null,
                null);
    }

    @Test
    void theTicketThatGrantsOthersCounts() {
        assertThat(
                        KerberosTickets.leftMs(
                                List.of(
                                        ticket("nn/host", 90_000),
                                        ticket("krbtgt/ACME.COM", 5_000),
                                        ticket("krbtgt/ACME.COM", 7_000)),
                                NOW_MS))
                .isEqualTo(7_000);
    }

    @Test
    void oneThatHasEndedIsNone() {
        assertThat(KerberosTickets.leftMs(List.of(ticket("krbtgt/ACME.COM", -1)), NOW_MS))
                .isEqualTo(-1);
        assertThat(KerberosTickets.leftMs(List.of(ticket("nn/host", 90_000)), NOW_MS))
                .isEqualTo(-1);
        assertThat(KerberosTickets.leftMs(List.of(), NOW_MS)).isEqualTo(-1);
    }
}
