package io.millrace.runtime.operator;

import io.millrace.api.source.ChunkedReader;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.PausableReader;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceSplit;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.serde.JavaSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Drives a source's reader in bounded steps and gives it splits and events. Confined to the task.
 */
public final class SourceFeed {
    // Of readers that emit many in one call, which nothing ends in the middle.
    private static final int MOST_AT_ONCE = 32;
    private static final String SPLITS = FunctionStates.OWN + "splits";

    private final Source<Object, ?, ?> source;
    private final OperatorContext context;
    private final ReaderOutput<Object> output;
    private SourceReader<Object, SourceSplit> reader;
    private ChunkedReader<Object> chunkedReader;
    private SourceAlignment alignment; // null if the source waits for nobody

    SourceFeed(Source<Object, ?, ?> source, OperatorContext context, ReaderOutput<Object> output) {
        this.source = source;
        this.context = context;
        this.output = output;
    }

    @SuppressWarnings("unchecked")
    void open() throws Exception {
        reader =
                (SourceReader<Object, SourceSplit>)
                        Returned.by(
                                source,
                                "createReader",
                                source.createReader(context.readerContext()));
        chunkedReader = reader instanceof ChunkedReader<?> c ? (ChunkedReader<Object>) c : null;
    }

    /**
     * Lets the reader ask for splits; once, after the coordinator was told that the task runs: it
     * hears only running tasks.
     */
    public void start() {
        try {
            reader.start();
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        if (alignment != null) {
            alignment.start();
        }
    }

    /**
     * Reads at most {@code maxRecords} records, fewer if there are no more now, or if the piece has
     * come to its end.
     */
    public InputStatus read(int maxRecords, PieceEnd piece) {
        if (alignment != null && alignment.waiting() != null) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        try {
            InputStatus status = InputStatus.MORE_AVAILABLE;
            if (chunkedReader != null) {
                for (int left = maxRecords;
                        left > 0 && status == InputStatus.MORE_AVAILABLE && !piece.isOver();
                        left -= MOST_AT_ONCE) {
                    status = chunkedReader.read(output, Math.min(left, MOST_AT_ONCE));
                }
                return status;
            }
            for (int i = 0;
                    i < maxRecords && status == InputStatus.MORE_AVAILABLE && !piece.isOver();
                    i++) {
                if (alignment != null && alignment.waiting() != null) {
                    return status;
                }
                status = reader.pollNext(output);
            }
            return status;
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** Completes, on any thread, when reading makes sense again. */
    public CompletableFuture<Void> available() {
        CompletableFuture<Void> others = alignment == null ? null : alignment.waiting();
        return others == null ? reader.isAvailable() : others;
    }

    /** What keeps the source near others; before {@link #start}. */
    void align(SourceAlignment with) {
        alignment = with;
    }

    /** How far the others of the source's group let it come. */
    public void onLimit(long limitMs) {
        if (alignment != null) {
            alignment.onLimit(limitMs);
        }
    }

    /**
     * @throws UnsupportedOperationException if the reader cannot
     */
    void pauseOrResume(List<String> toPause, List<String> toResume) {
        try {
            reader.pauseOrResumeSplits(toPause, toResume);
        } catch (UnsupportedOperationException e) {
            throw e;
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** Splits from the enumerator, as its split serializer wrote them. */
    @SuppressWarnings("unchecked")
    public void addSplits(int version, List<byte[]> splits, boolean noMoreSplits) {
        try {
            if (!splits.isEmpty()) {
                SimpleVersionedSerializer<SourceSplit> serializer =
                        (SimpleVersionedSerializer<SourceSplit>) source.getSplitSerializer();
                List<SourceSplit> read = new ArrayList<>(splits.size());
                for (byte[] split : splits) {
                    read.add(serializer.deserialize(version, split));
                }
                reader.addSplits(read);
            }
            if (noMoreSplits) {
                reader.notifyNoMoreSplits();
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** An enumerator's own event, by Java serialization. */
    public void onEvent(byte[] event) {
        try {
            reader.handleSourceEvents(
                    JavaSerialization.read(event, context.scope().userLoader(), SourceEvent.class));
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** Gives the reader the splits that a checkpoint has left, before it starts. */
    @SuppressWarnings("unchecked")
    void restore() throws Exception {
        SimpleVersionedSerializer<SourceSplit> serializer =
                (SimpleVersionedSerializer<SourceSplit>) source.getSplitSerializer();
        List<SourceSplit> splits = VersionedItems.restore(context, SPLITS, serializer);
        if (!splits.isEmpty()) {
            reader.addSplits(splits);
        }
    }

    /** At a barrier, after {@link #pause}: the splits with their positions. */
    @SuppressWarnings("unchecked")
    void snapshot(SnapshotTurn turn) throws Exception {
        VersionedItems.hand(
                turn,
                SPLITS,
                (SimpleVersionedSerializer<SourceSplit>) source.getSplitSerializer(),
                reader.snapshotState(turn.checkpointId()));
    }

    void checkpointEnded(long checkpointId, boolean complete) throws Exception {
        if (complete) {
            reader.notifyCheckpointComplete(checkpointId);
        } else {
            reader.notifyCheckpointAborted(checkpointId);
        }
    }

    /** Whether the reader wants to hear of checkpoints that are complete. */
    boolean listens() {
        try {
            return reader.getClass()
                            .getMethod("notifyCheckpointComplete", long.class)
                            .getDeclaringClass()
                    != SourceReader.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every reader has it", e);
        }
    }

    /**
     * Asks a reader with a thread of its own to stand still.
     *
     * @return false if the task must read on, and ask again in its next turn
     */
    public boolean pause() {
        return !(reader instanceof PausableReader pausable) || pausable.pause();
    }

    /** After {@link #pause}, whatever it has returned. */
    public void resume() {
        if (reader instanceof PausableReader pausable) {
            pausable.resume();
        }
    }

    void close() throws Exception {
        if (reader != null) {
            reader.close();
        }
    }
}
