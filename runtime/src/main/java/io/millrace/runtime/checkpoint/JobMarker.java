package io.millrace.runtime.checkpoint;

import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Whose the directory of a job's checkpoints is. Immutable. As bytes in an {@link Envelope} with
 * the magic {@code MRCJ}.
 *
 * @param jobId as hexadecimal digits
 * @param jobName for {@code --resume-latest}
 * @param owner the application, or something unique for an embedded cluster
 * @param createdAtMs milliseconds since the epoch
 */
public record JobMarker(String jobId, String jobName, String owner, long createdAtMs) {
    private static final Envelope<JobMarker> ENVELOPE =
            new Envelope<>(0x4D52434A, "the mark of a job's checkpoints", JobMarker.class);

    byte[] encode() {
        return ENVELOPE.encode(this);
    }

    /**
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT} or {@code CHECKPOINT_INCOMPATIBLE}
     */
    static JobMarker read(InputStream in, Object where) throws IOException {
        return ENVELOPE.decode(ENVELOPE.read(in, where), where);
    }
}
