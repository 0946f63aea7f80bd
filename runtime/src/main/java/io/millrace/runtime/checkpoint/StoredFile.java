package io.millrace.runtime.checkpoint;

/**
 * What one worker wrote for a checkpoint: a file, closed and synced, or so little that it lies in
 * the manifest. Immutable; the bytes are never written to.
 *
 * @param file as in {@link SegmentRef#file}; names it also if there is no such file
 * @param length in bytes
 * @param content all bytes, as they would be in the file, if they lie in the manifest; else null
 */
public record StoredFile(String file, long length, byte[] content) {
    /** A file on storage. */
    public StoredFile(String file, long length) {
        this(file, length, null);
    }

    /**
     * What lies in the manifest.
     *
     * @param content not to be changed any more
     */
    public static StoredFile inManifest(String file, byte[] content) {
        return new StoredFile(file, content.length, content);
    }

    public boolean isInManifest() {
        return content != null;
    }

    StoredFile withName(String name) {
        return new StoredFile(name, length, content);
    }
}
