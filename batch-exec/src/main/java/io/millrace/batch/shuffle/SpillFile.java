package io.millrace.batch.shuffle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * What did not stay in memory: segments behind each other in one file, each with the blocks of all
 * consumers in order. Confined to its writer.
 */
final class SpillFile implements Closeable {
    private final ResultFile file;
    // Of each segment: where each consumer begins, and the end of the last one.
    private final List<long[]> segments = new ArrayList<>();
    private long[] open;
    private int consumer;

    SpillFile(ResultFile file) {
        this.file = file;
    }

    void beginSegment(int consumers) {
        open = new long[consumers + 1];
        consumer = 0;
    }

    /** What is appended from here on is of this consumer; they come in ascending order. */
    void beginConsumer() {
        open[consumer++] = file.position();
    }

    void append(byte[] block) throws IOException {
        file.append(block);
    }

    void endSegment() throws IOException {
        open[consumer] = file.position();
        file.flush();
        segments.add(open);
    }

    ResultFile file() {
        return file;
    }

    int segments() {
        return segments.size();
    }

    /** The offsets of the only segment. */
    long[] onlySegment() {
        return segments.get(0);
    }

    /** Appends a consumer's blocks of all segments to another file. */
    void copyTo(ResultFile target, FileChannel own, int of) throws IOException {
        for (long[] segment : segments) {
            long bytes = segment[of + 1] - segment[of];
            if (bytes > 0) {
                target.append(own, segment[of], bytes);
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
