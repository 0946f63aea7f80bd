package io.millrace.api.checkpoint;

import java.io.IOException;
import java.io.InputStream;

/** The raw state of one key group, or why it cannot be read. Confined to the task. */
public class KeyGroupStatePartitionStreamProvider extends StatePartitionStreamProvider {
    private final int keyGroupId;

    public KeyGroupStatePartitionStreamProvider(InputStream stream, int keyGroupId) {
        super(stream);
        this.keyGroupId = keyGroupId;
    }

    public KeyGroupStatePartitionStreamProvider(IOException creationException, int keyGroupId) {
        super(creationException);
        this.keyGroupId = keyGroupId;
    }

    public int getKeyGroupId() {
        return keyGroupId;
    }
}
