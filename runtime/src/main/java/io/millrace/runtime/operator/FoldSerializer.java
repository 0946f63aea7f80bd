package io.millrace.runtime.operator;

import io.millrace.api.graph.RunningFold;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.LooksInside;

/**
 * Writes the state of a {@link RunningFold} as the record that it stands for: so what is stored has
 * the type of the program, and not of our own. Immutable and thread-safe.
 */
public final class FoldSerializer extends Serializer<Object> implements LooksInside {
    private final RunningFold<Object> fold;
    private final Serializer<Object> records;

    public FoldSerializer(RunningFold<Object> fold, Serializer<Object> records) {
        this.fold = fold;
        this.records = records;
    }

    @Override
    public void write(Object state, BinaryWriter out) {
        records.write(recordOf(state), out);
    }

    /** A record of its own: the state may change while somebody writes this. */
    public Object recordOf(Object state) {
        return fold.result(state, records.copy(fold.base(state)), true);
    }

    @Override
    public Object read(BinaryReader in) {
        return stateOf(records.read(in));
    }

    /** The state that a record stands for, which is handed over. */
    public Object stateOf(Object record) {
        return fold.begin(record);
    }

    @Override
    public Serializer<Object> over(Serializer<Object> reader) {
        return new FoldSerializer(fold, reader);
    }

    @Override
    public Object copy(Object state) {
        return fold.begin(recordOf(state));
    }

    @Override
    public int lookInto(Object state) {
        return fold.touch(state) + KeyTable.look(fold.base(state));
    }

    @Override
    public boolean immutable() {
        return false;
    }

    @Override
    public Schema schema() {
        return records.schema();
    }
}
