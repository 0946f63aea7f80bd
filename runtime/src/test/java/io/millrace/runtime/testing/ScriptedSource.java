package io.millrace.runtime.testing;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.time.Watermark;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * A source whose splits do what a test has written down, part by part: each {@link Go} of the test
 * lets it read up to the next {@link #pause}. Records are their own timestamps. The source ends
 * behind its last part, unless it is {@link #endless}.
 */
public final class ScriptedSource implements Source<Long, ScriptedSource.Nothing, Void> {
    private static final long serialVersionUID = 1L;
    private static final String PAUSE = "";

    private final ArrayList<Step> steps = new ArrayList<>();
    private boolean endless;
    private boolean pausesSplits = true;

    /** The test lets the reader go on. */
    public record Go() implements SourceEvent {}

    /** There are no splits of an enumerator: the script names them. */
    public record Nothing() implements SourceSplit {
        @Override
        public String splitId() {
            return "nothing";
        }
    }

    private enum What {
        RECORD,
        WATERMARK,
        READER_WATERMARK,
        IDLE,
        ACTIVE,
        RELEASE,
        PAUSE
    }

    private record Step(String split, What what, long value) implements Serializable {}

    private ScriptedSource step(String split, What what, long value) {
        steps.add(new Step(split, what, value));
        return this;
    }

    /** A record of a split, which is also its timestamp. */
    public ScriptedSource record(String split, long value) {
        return step(split, What.RECORD, value);
    }

    /** A watermark of the source's own. */
    public ScriptedSource watermark(String split, long timestampMs) {
        return step(split, What.WATERMARK, timestampMs);
    }

    /** A watermark of the source's own, for all of its splits. */
    public ScriptedSource readerWatermark(long timestampMs) {
        return step("the reader", What.READER_WATERMARK, timestampMs);
    }

    public ScriptedSource idle(String split) {
        return step(split, What.IDLE, 0);
    }

    public ScriptedSource active(String split) {
        return step(split, What.ACTIVE, 0);
    }

    /** The split has ended. */
    public ScriptedSource release(String split) {
        return step(split, What.RELEASE, 0);
    }

    /** Nothing comes before the test lets it. */
    public ScriptedSource pause() {
        return step(PAUSE, What.PAUSE, 0);
    }

    public ScriptedSource endless() {
        endless = true;
        return this;
    }

    /** Its reader refuses to pause splits. */
    public ScriptedSource withoutPausing() {
        pausesSplits = false;
        return this;
    }

    @Override
    public Boundedness getBoundedness() {
        return endless ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<Long, Nothing> createReader(SourceReaderContext readerContext) {
        return new Reader(new ArrayList<>(steps), endless, pausesSplits);
    }

    @Override
    public SplitEnumerator<Nothing, Void> createEnumerator(
            SplitEnumeratorContext<Nothing> enumContext) {
        throw new UnsupportedOperationException("the test plays the enumerator");
    }

    @Override
    public SplitEnumerator<Nothing, Void> restoreEnumerator(
            SplitEnumeratorContext<Nothing> enumContext, Void checkpoint) {
        throw new UnsupportedOperationException("the test plays the enumerator");
    }

    @Override
    public SimpleVersionedSerializer<Nothing> getSplitSerializer() {
        return new SimpleVersionedSerializer<>() {
            @Override
            public int getVersion() {
                return 1;
            }

            @Override
            public byte[] serialize(Nothing split) {
                return new byte[0];
            }

            @Override
            public Nothing deserialize(int version, byte[] serialized) {
                return new Nothing();
            }
        };
    }

    @Override
    public SimpleVersionedSerializer<Void> getEnumeratorCheckpointSerializer() {
        throw new UnsupportedOperationException("there is no enumerator");
    }

    private static final class Reader implements SourceReader<Long, Nothing> {
        private final List<Step> steps;
        private final boolean endless;
        private final boolean pausesSplits;
        private final Set<String> paused = new TreeSet<>();
        private CompletableFuture<Void> available = CompletableFuture.completedFuture(null);

        Reader(List<Step> steps, boolean endless, boolean pausesSplits) {
            this.steps = steps;
            this.endless = endless;
            this.pausesSplits = pausesSplits;
        }

        @Override
        public void start() {
            // The script is all there is.
        }

        @Override
        public InputStatus pollNext(ReaderOutput<Long> output) {
            for (Iterator<Step> all = steps.iterator(); all.hasNext(); ) {
                Step step = all.next();
                if (step.what == What.PAUSE) {
                    break;
                }
                if (!paused.contains(step.split)) {
                    all.remove();
                    play(step, output);
                    return InputStatus.MORE_AVAILABLE;
                }
            }
            if (steps.isEmpty() && !endless) {
                return InputStatus.END_OF_INPUT;
            }
            available = new CompletableFuture<>();
            return InputStatus.NOTHING_AVAILABLE;
        }

        private static void play(Step step, ReaderOutput<Long> output) {
            if (step.what == What.READER_WATERMARK) {
                output.emitWatermark(new Watermark(step.value));
                return;
            }
            SourceOutput<Long> split = output.createOutputForSplit(step.split);
            switch (step.what) {
                case RECORD -> split.collect(step.value, step.value);
                case WATERMARK -> split.emitWatermark(new Watermark(step.value));
                case IDLE -> split.markIdle();
                case ACTIVE -> split.markActive();
                case RELEASE -> output.releaseOutputForSplit(step.split);
                case PAUSE, READER_WATERMARK -> throw new AssertionError(step);
            }
        }

        @Override
        public void handleSourceEvents(SourceEvent go) {
            // Up to the next pause, whatever stands before it waits no longer.
            for (int i = 0; i < steps.size(); i++) {
                if (steps.get(i).what == What.PAUSE) {
                    steps.remove(i);
                    break;
                }
            }
            available.complete(null);
        }

        @Override
        public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
            if (!pausesSplits) {
                SourceReader.super.pauseOrResumeSplits(toPause, toResume);
            }
            paused.addAll(toPause);
            paused.removeAll(toResume);
            available.complete(null);
        }

        @Override
        public List<Nothing> snapshotState(long checkpointId) {
            return List.of();
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return available;
        }

        @Override
        public void addSplits(List<Nothing> splits) {
            // The script names its own.
        }

        @Override
        public void notifyNoMoreSplits() {
            // The script says where it ends.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
