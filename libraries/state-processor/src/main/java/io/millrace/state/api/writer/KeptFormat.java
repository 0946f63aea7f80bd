package io.millrace.state.api.writer;

import io.millrace.api.input.BaseStatistics;
import io.millrace.api.input.DefaultInputSplitAssigner;
import io.millrace.api.input.GenericInputSplit;
import io.millrace.api.input.InputFormat;
import io.millrace.api.input.InputSplitAssigner;
import io.millrace.api.option.Configuration;
import io.millrace.api.tuple.Tuple3;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.state.api.saved.SavedState;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies what operators of an earlier savepoint have into a new one, a subtask of one operator at a
 * time: each segment's bytes, held against their checksum. Confined to its task.
 */
public final class KeptFormat
        implements InputFormat<Tuple3<Integer, Integer, byte[]>, GenericInputSplit> {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final List<String> ids;
    private final int firstNumber;
    private final Target target;
    private transient SavedState savepoint; // null until it is asked for
    private transient Tuple3<Integer, Integer, byte[]> copied; // null if nothing is to be taken

    /**
     * @param ids of the operators, as they are in the earlier savepoint
     * @param firstNumber of the first of them in the new one, the others follow
     */
    public KeptFormat(String path, List<String> ids, int firstNumber, Target target) {
        this.path = path;
        this.ids = new ArrayList<>(ids);
        this.firstNumber = firstNumber;
        this.target = target;
    }

    /** One subtask of one operator. */
    private record Held(int number, int subtask, SubtaskEntry entry) {}

    private List<Held> held() {
        if (savepoint == null) {
            savepoint = SavedState.open(path);
        }
        List<Held> held = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            OperatorEntry entry = savepoint.operator(ids.get(i)).entry();
            for (int subtask = 0; subtask < entry.subtasks().size(); subtask++) {
                held.add(new Held(firstNumber + i, subtask, entry.subtasks().get(subtask)));
            }
        }
        return held;
    }

    @Override
    public void configure(Configuration parameters) {}

    @Override
    public BaseStatistics getStatistics(BaseStatistics cachedStatistics) {
        return cachedStatistics;
    }

    @Override
    public GenericInputSplit[] createInputSplits(int minNumSplits) {
        int count = held().size();
        GenericInputSplit[] splits = new GenericInputSplit[count];
        for (int i = 0; i < count; i++) {
            splits[i] = new GenericInputSplit(i, count);
        }
        return splits;
    }

    @Override
    public InputSplitAssigner getInputSplitAssigner(GenericInputSplit[] inputSplits) {
        return new DefaultInputSplitAssigner(inputSplits);
    }

    @Override
    public void open(GenericInputSplit split) throws IOException {
        Held held = held().get(split.getSplitNumber());
        try (SubtaskFile file = new SubtaskFile(target)) {
            SubtaskEntry entry =
                    new SubtaskEntry(
                            held.entry().finished(),
                            copies(held.entry().parts(), file),
                            copies(held.entry().channels(), file));
            copied = file.finish(held.number(), held.subtask(), entry);
        }
    }

    private List<StatePart> copies(List<StatePart> parts, SubtaskFile file) throws IOException {
        List<StatePart> copies = new ArrayList<>();
        for (StatePart part : parts) {
            List<Piece> pieces = new ArrayList<>();
            for (Piece piece : part.pieces()) {
                pieces.add(piece instanceof Piece.Stored stored ? copy(stored, file) : piece);
            }
            copies.add(
                    new StatePart(
                            part.kind(),
                            part.name(),
                            part.form(),
                            part.firstKeyGroup(),
                            part.lastKeyGroup(),
                            part.items(),
                            part.description(),
                            pieces));
        }
        return copies;
    }

    private Piece copy(Piece.Stored stored, SubtaskFile file) throws IOException {
        SegmentSource segments = savepoint.segments();
        try (InputStream in = segments.open(stored.segment())) {
            SegmentRef ref = file.segments().append(in::transferTo);
            return new Piece.Stored(ref, stored.firstKeyGroup(), stored.lastKeyGroup());
        }
    }

    @Override
    public boolean reachedEnd() {
        return copied == null;
    }

    @Override
    public Tuple3<Integer, Integer, byte[]> nextRecord(Tuple3<Integer, Integer, byte[]> reuse) {
        Tuple3<Integer, Integer, byte[]> taken = copied;
        copied = null;
        return taken;
    }

    @Override
    public void close() {
        copied = null;
    }
}
