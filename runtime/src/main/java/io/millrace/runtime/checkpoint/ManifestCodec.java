package io.millrace.runtime.checkpoint;

import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;

/** Manifests as bytes, in an {@link Envelope} with the magic {@code MRCM}. Stateless. */
public final class ManifestCodec {
    private static final Envelope<Manifest> ENVELOPE =
            new Envelope<>(0x4D52434D, "the manifest of a checkpoint", Manifest.class);

    private ManifestCodec() {}

    /**
     * @throws MillraceException {@code STORAGE_FAILED} if the manifest is too large
     */
    public static byte[] encode(Manifest manifest) {
        return ENVELOPE.encode(manifest);
    }

    /**
     * @param where names the file in messages
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}; {@code CHECKPOINT_INCOMPATIBLE} if
     *     a newer release has written it
     */
    public static Manifest decode(byte[] bytes, Object where) {
        return ENVELOPE.decode(bytes, where);
    }

    /** Whether a file has fewer bytes than its header says; false if it is no manifest's. */
    static boolean endsEarly(InputStream in) throws IOException {
        return ENVELOPE.endsEarly(in);
    }

    /** The bytes of a file, to be decoded; no more than its header says, and one. */
    static byte[] read(InputStream in, Object where) throws IOException {
        return ENVELOPE.read(in, where);
    }
}
