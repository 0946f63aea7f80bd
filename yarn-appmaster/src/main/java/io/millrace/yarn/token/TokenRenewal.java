package io.millrace.yarn.token;

import io.millrace.api.error.MillraceException;
import io.millrace.hdfs.KerberosSettings;
import io.millrace.runtime.wire.AppSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Obtains delegation tokens with a job's keytab before the old ones end, again and again, and hands
 * them on. What fails is logged, shown to operators, and tried again.
 *
 * <p>{@link #turn} is confined to one thread at a time: to the caller's before {@link #start}, then
 * to a thread of its own.
 */
public final class TokenRenewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenRenewal.class);

    private final FreshTokens.Source source;
    private final RenewalPlan plan;
    private final Receiver receiver;
    private final LongSupplier clockMs;
    private final Thread thread = new Thread(this::run, "tokens");
    private long endsAtMs = RenewalPlan.NONE;
    private long dueAtMs = Long.MIN_VALUE;
    private int failures;

    /** Who gets the new tokens. Called by the thread that turns. */
    public interface Receiver {
        void onTokens(Credentials tokens);

        /**
         * @param trouble for an operator; null when it is over
         */
        void onTrouble(String trouble);
    }

    TokenRenewal(
            FreshTokens.Source source, RenewalPlan plan, Receiver receiver, LongSupplier clockMs) {
        this.source = source;
        this.plan = plan;
        this.receiver = receiver;
        this.clockMs = clockMs;
        thread.setDaemon(true);
    }

    /**
     * @param keytab where it lies on this machine
     */
    public static TokenRenewal of(
            Configuration hadoop,
            KerberosSettings kerberos,
            Path keytab,
            TokenFileSystems fileSystems,
            Receiver receiver) {
        return new TokenRenewal(
                FreshTokens.withKeytab(hadoop, kerberos.principal(), keytab, fileSystems),
                new RenewalPlan(kerberos.timeRatio(), kerberos.retryBackoff()),
                receiver,
                System::currentTimeMillis);
    }

    /** The form in which tokens go to workers. */
    public static byte[] sealed(Credentials tokens, AppSecret secret) {
        return SealedTokens.seal(tokens, secret);
    }

    public void start() {
        thread.start();
    }

    /**
     * Obtains tokens if they are due.
     *
     * @return milliseconds until they are due again, at least 1
     */
    public long turn() throws InterruptedException {
        if (clockMs.getAsLong() >= dueAtMs) {
            try {
                FreshTokens fresh = source.obtain();
                long nowMs = clockMs.getAsLong();
                endsAtMs = fresh.endsAtMs();
                dueAtMs = plan.afterSuccess(nowMs, endsAtMs);
                succeeded(fresh, nowMs);
            } catch (IOException | RuntimeException e) {
                long nowMs = clockMs.getAsLong();
                dueAtMs = plan.afterFailure(nowMs, endsAtMs);
                failed(e, nowMs);
            }
        }
        return Math.max(1, dueAtMs - clockMs.getAsLong());
    }

    private void succeeded(FreshTokens fresh, long nowMs) {
        LOG.info(
                "Delegation tokens were obtained count={} endInMs={} nextInMs={} failuresBefore={}",
                fresh.credentials().numberOfTokens(),
                endsAtMs - nowMs,
                dueAtMs - nowMs,
                failures);
        receiver.onTokens(fresh.credentials());
        if (failures > 0) {
            failures = 0;
            receiver.onTrouble(null);
        }
    }

    private void failed(Exception error, long nowMs) {
        failures++;
        String trouble =
                "new delegation tokens were not obtained, "
                        + failures
                        + (failures == 1 ? " time" : " times")
                        + " now: "
                        + (error instanceof MillraceException known
                                ? known.getMessage()
                                : error.toString())
                        + " "
                        + whatIsLeft(nowMs)
                        + " It is tried again in "
                        + TimeUnit.MILLISECONDS.toSeconds(dueAtMs - nowMs)
                        + " s.";
        LOG.warn("{}", trouble, failures == 1 ? error : null);
        receiver.onTrouble(trouble);
    }

    private String whatIsLeft(long nowMs) {
        if (endsAtMs == RenewalPlan.NONE) {
            return "The job acts with those of its submission.";
        }
        return endsAtMs > nowMs
                ? "The old ones hold for "
                        + TimeUnit.MILLISECONDS.toSeconds(endsAtMs - nowMs)
                        + " s more."
                : "The old ones have ended: the job cannot reach its file systems.";
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.MILLISECONDS.sleep(turn());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (Throwable e) { // the top of the thread
            LOG.error("Delegation tokens are obtained no more", e);
            receiver.onTrouble("delegation tokens are obtained no more: " + e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
