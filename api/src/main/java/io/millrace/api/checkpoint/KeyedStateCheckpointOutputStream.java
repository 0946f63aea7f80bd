package io.millrace.api.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes raw state of a keyed stream by key group. The bytes are in memory until the checkpoint is
 * written. Made by the engine; confined to the task.
 */
public final class KeyedStateCheckpointOutputStream extends OutputStream {
    public static final long NO_OFFSET_SET = -1L;
    public static final int NO_CURRENT_KEY_GROUP = -1;

    private final int firstKeyGroup;
    private final int lastKeyGroup;
    private final Map<Integer, ByteArrayOutputStream> written = new TreeMap<>();
    private int current = NO_CURRENT_KEY_GROUP;
    private boolean closed;

    /**
     * @param firstKeyGroup of this subtask
     * @param lastKeyGroup of this subtask, included
     */
    public KeyedStateCheckpointOutputStream(int firstKeyGroup, int lastKeyGroup) {
        this.firstKeyGroup = firstKeyGroup;
        this.lastKeyGroup = lastKeyGroup;
    }

    /**
     * What is written from now on belongs to this key group.
     *
     * @throws IllegalArgumentException if the key group is not one of this subtask
     * @throws IOException if it was begun before
     */
    public void startNewKeyGroup(int keyGroupId) throws IOException {
        requireOpen();
        if (keyGroupId < firstKeyGroup || keyGroupId > lastKeyGroup) {
            throw new IllegalArgumentException(
                    "Key group "
                            + keyGroupId
                            + " is not one of this subtask, which has "
                            + firstKeyGroup
                            + " to "
                            + lastKeyGroup
                            + ".");
        }
        if (isKeyGroupAlreadyStarted(keyGroupId)) {
            throw new IOException("Key group " + keyGroupId + " was begun already.");
        }
        written.put(keyGroupId, new ByteArrayOutputStream());
        current = keyGroupId;
    }

    public boolean isKeyGroupAlreadyStarted(int keyGroupId) {
        return written.containsKey(keyGroupId);
    }

    /** Whether a later one has been begun. */
    public boolean isKeyGroupAlreadyFinished(int keyGroupId) {
        return isKeyGroupAlreadyStarted(keyGroupId) && keyGroupId != current;
    }

    /** {@link #NO_CURRENT_KEY_GROUP} before the first. */
    public int getCurrentKeyGroup() {
        return current;
    }

    @Override
    public void write(int b) throws IOException {
        ofCurrent().write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ofCurrent().write(bytes, offset, length);
    }

    private OutputStream ofCurrent() throws IOException {
        requireOpen();
        if (current == NO_CURRENT_KEY_GROUP) {
            throw new IOException("Call startNewKeyGroup() before writing raw keyed state.");
        }
        return written.get(current);
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException(
                    "The raw state of this checkpoint is complete: nothing can be added to it.");
        }
    }

    /** For the engine: what was written, a copy, by key group in their order. */
    public Map<Integer, byte[]> keyGroups() {
        Map<Integer, byte[]> copies = new TreeMap<>();
        written.forEach((keyGroup, bytes) -> copies.put(keyGroup, bytes.toByteArray()));
        return copies;
    }

    /** Nothing can be written any more. Safe to call twice. */
    @Override
    public void close() {
        closed = true;
    }
}
