package io.millrace.yarn.master;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.yarn.claim.RunTag;
import io.millrace.yarn.claim.TagClaims;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This application's claim on its tag: without it the application does not begin, and at its end
 * the claim goes. Confined to the main thread, or to the shutdown hook after it.
 */
final class TagClaim {
    private static final Logger LOG = LoggerFactory.getLogger(TagClaim.class);

    /** Who took a claim away that was just being submitted gives it back within one call. */
    private static final int LOOKS = 5;

    private static final long BETWEEN_LOOKS_NANOS = 1_000_000_000L;

    private final TagClaims claims; // null for an application without a tag
    private final String applicationId;
    private final Runnable pause;

    TagClaim(TagClaims claims, String applicationId, Runnable pause) {
        this.claims = claims;
        this.applicationId = applicationId;
        this.pause = pause;
    }

    /**
     * @param root the staging root
     * @param tag null if the application was submitted without one
     */
    static TagClaim of(FileSystem files, Path root, RunTag tag, String applicationId) {
        return new TagClaim(
                tag == null ? null : new TagClaims(files, root, tag),
                applicationId,
                () -> LockSupport.parkNanos(BETWEEN_LOOKS_NANOS));
    }

    /** Why this application must not run its program; empty if it may. */
    Optional<Outcome> refusal() {
        if (claims == null) {
            return Optional.empty();
        }
        for (int look = 1; look <= LOOKS; look++) {
            if (claims.holds(applicationId)) {
                return Optional.empty();
            }
            if (look < LOOKS) {
                pause.run();
            }
        }
        return Optional.of(
                Outcome.failed(
                        ErrorCode.SUBMISSION_REJECTED,
                        "another submission with the tag '"
                                + claims.tag().text()
                                + "' took this one, "
                                + applicationId
                                + ", for one whose client had died, because it took longer than a"
                                + " minute to reach YARN. Nothing was run. Submit again, or wait"
                                + " for the other one: millrace wait --tag."));
    }

    /** Before YARN knows: work that is done once is done from here on, whoever dies now. */
    void beforeEnd(Outcome outcome) {
        if (claims != null
                && claims.tag().once()
                && outcome.status() == FinalApplicationStatus.SUCCEEDED) {
            try {
                claims.putDone(applicationId);
            } catch (MillraceException e) {
                LOG.warn(
                        "the tag's work is done, but this could not be kept; a new submission"
                                + " would do it again tag={} cause={}",
                        claims.tag().text(),
                        e.getMessage());
            }
        }
    }

    /** YARN knows the end; what stays behind here is removed by a later submission. */
    void afterEnd() {
        if (claims != null) {
            try {
                claims.remove(applicationId);
            } catch (MillraceException e) {
                LOG.warn("the claim was left behind cause={}", e.getMessage());
            }
        }
    }
}
