package io.millrace.client;

import io.millrace.client.job.Numbers;
import io.millrace.host.check.Finding;
import io.millrace.yarn.submit.ClusterLimits.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whether a job could act as long as it is meant to run, on a secure cluster. Pure. */
final class TokenFindings {
    private static final long SHORT_TICKET_MS = TimeUnit.MINUTES.toMillis(10);

    private TokenFindings() {}

    /**
     * @param bounded whether the job's input ends
     * @param runsForMs how long it is meant to run; null if nobody has said
     */
    static List<Finding> of(Tokens tokens, boolean bounded, Long runsForMs) {
        List<Finding> findings = new ArrayList<>();
        if (!tokens.secure()) {
            return findings;
        }
        if (tokens.ticketLeftMs() >= 0
                && tokens.ticketLeftMs() < SHORT_TICKET_MS
                && !tokens.obtainedAnew()) {
            findings.add(
                    Finding.warning(
                            "ticket",
                            "the ticket ends in " + Numbers.duration(tokens.ticketLeftMs()),
                            "Kerberos",
                            "call kinit before the job is submitted"));
        }
        boolean outlives = runsForMs == null ? !bounded : runsForMs > tokens.lifetimeMs();
        if (outlives && !tokens.obtainedAnew()) {
            findings.add(
                    Finding.warning(
                            "tokens",
                            (runsForMs == null
                                            ? "the input never ends"
                                            : "it is to run for " + Numbers.duration(runsForMs))
                                    + ", and tokens of the file system end after "
                                    + Numbers.duration(tokens.lifetimeMs())
                                    + ", however often they are renewed",
                            "dfs.namenode.delegation.token.max-lifetime",
                            "set 'security.kerberos.login.keytab', so that it gets new ones, or stop"
                                    + " it with a savepoint before that, and start it again from"
                                    + " it"));
        }
        return findings;
    }
}
