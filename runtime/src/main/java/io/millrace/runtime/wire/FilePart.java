package io.millrace.runtime.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultFileRegion;
import java.nio.channels.FileChannel;

/**
 * A frame that ends with a part of a file, which others go on using. Confined to the network thread
 * once it is queued.
 */
final class FilePart extends DefaultFileRegion {
    private final byte[] head;
    private final int bytes;
    private final Runnable done;

    FilePart(byte[] head, FileChannel file, long offset, int bytes, Runnable done) {
        super(file, offset, bytes);
        this.head = head;
        this.bytes = bytes;
        this.done = done;
    }

    int frameBytes() {
        return head.length + bytes;
    }

    /** The length of the frame, and its first bytes. */
    ByteBuf head(ByteBufAllocator allocator) {
        return allocator.directBuffer(4 + head.length).writeInt(frameBytes()).writeBytes(head);
    }

    /** In place of closing the file. */
    @Override
    protected void deallocate() {
        done.run();
    }
}
