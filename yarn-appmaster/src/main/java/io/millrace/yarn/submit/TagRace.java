package io.millrace.yarn.submit;

import io.millrace.yarn.claim.TagClaims;
import io.millrace.yarn.claim.TagClaims.Claim;
import io.millrace.yarn.submit.ApplicationState.Phase;
import io.millrace.yarn.submit.SubmittedApplication.Origin;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Decides which of the submissions with one tag becomes an application. Confined to the submitting
 * thread; the others are other processes.
 *
 * <p>A claim whose application YARN does not know is one that is being submitted, or was left by a
 * client that died. It counts for {@value #PENDING_MS} ms, or until its process is seen to be dead
 * on this host. Of two that are being submitted at a time the one with the smaller id waits for the
 * other's fate, and the other withdraws if it sees the smaller one: so one of them goes on, and
 * never both.
 */
final class TagRace {
    /** Longer than a submission of which the ResourceManager has not heard can take. */
    static final long PENDING_MS = 60_000;

    private final TagClaims claims;
    private final Function<String, Optional<Phase>> phaseOf;
    private final LongSupplier clockMs;
    private final Runnable pause;

    /**
     * @param phaseOf empty if YARN does not know the application
     * @param clockMs as {@link System#currentTimeMillis}
     * @param pause lets some time pass between two looks
     */
    TagRace(
            TagClaims claims,
            Function<String, Optional<Phase>> phaseOf,
            LongSupplier clockMs,
            Runnable pause) {
        this.claims = claims;
        this.phaseOf = phaseOf;
        this.clockMs = clockMs;
        this.pause = pause;
    }

    /** Who runs under the tag already, or has done its work, at a first look. */
    Optional<SubmittedApplication> before() {
        Optional<SubmittedApplication> done = done();
        return done.isPresent() ? done : look(null, 0).rival();
    }

    /**
     * Claims the tag. Empty: this application, and no other, may be submitted now. Else who runs
     * instead; the claim is taken back then.
     */
    Optional<SubmittedApplication> enter(String applicationId) {
        while (true) {
            // Again for as long as this one waits, so that its claim stays young.
            Claim own = claims.put(applicationId, Submitter.ofThisProcess().markerName());
            long aheadMs = own.writtenAtMs() - clockMs.getAsLong(); // the file system's clock
            Optional<SubmittedApplication> done = done();
            Look look = look(applicationId, own.writtenAtMs());
            if (done.isPresent() || look.rival().isPresent()) {
                leave(applicationId);
                return done.isPresent() ? done : look.rival();
            }
            if (!look.pending()) {
                return Optional.empty();
            }
            if (!look.withdraw()) {
                pause.run();
                continue;
            }
            leave(applicationId);
            // Not back before the smaller one is gone: else each would wait for the other for ever.
            while (look.withdraw()) {
                pause.run();
                look = look(applicationId, clockMs.getAsLong() + aheadMs);
            }
        }
    }

    void leave(String applicationId) {
        claims.remove(applicationId);
    }

    private Optional<SubmittedApplication> done() {
        return claims.tag().once()
                ? claims.done().map(id -> new SubmittedApplication(id, null, Origin.DONE))
                : Optional.empty();
    }

    /**
     * @param pending somebody else is being submitted
     * @param withdraw somebody with a smaller id is
     */
    private record Look(Optional<SubmittedApplication> rival, boolean pending, boolean withdraw) {}

    /**
     * @param own null before there is one
     * @param nowMs by the file system's clock
     */
    private Look look(String own, long nowMs) {
        boolean pending = false;
        boolean withdraw = false;
        for (Claim claim : claims.all()) {
            if (claim.applicationId().equals(own)) {
                continue;
            }
            Optional<Phase> phase = phaseOf.apply(claim.applicationId());
            if (phase.isEmpty()) {
                if (own == null) {
                    continue; // what becomes of it will be seen when this one claims the tag
                }
                if (!abandoned(claim, nowMs)) {
                    pending = true;
                    withdraw |= claim.applicationId().compareTo(own) < 0;
                    continue;
                }
                claims.remove(claim.applicationId());
                phase = phaseOf.apply(claim.applicationId());
                if (phase.isPresent() && !phase.get().isTerminal()) {
                    // Submitted at the last moment; its master may have seen its claim.
                    claims.put(claim.applicationId(), claim.submitter());
                }
            }
            if (phase.isPresent() && !phase.get().isTerminal()) {
                return new Look(Optional.of(runs(claim)), false, false);
            }
            claims.remove(claim.applicationId());
        }
        return new Look(Optional.empty(), pending, withdraw);
    }

    private static SubmittedApplication runs(Claim claim) {
        return new SubmittedApplication(claim.applicationId(), null, Origin.RUNNING);
    }

    private static boolean abandoned(Claim claim, long nowMs) {
        Submitter submitter = Submitter.parse(claim.submitter());
        return nowMs - claim.writtenAtMs() > PENDING_MS
                || (submitter != null && submitter.hasEnded());
    }
}
