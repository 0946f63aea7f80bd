package io.millrace.runtime.operator.window;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.runtime.operator.KeyedScope;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.MapTable;
import io.millrace.runtime.state.TableSpec;
import java.util.List;

/** The tables of the general operator. Pure. */
final class WindowTables {
    private WindowTables() {}

    /** Of the windows, as the assigner says. */
    static Serializer<Object> windows(
            WindowAssigner<Object, Window> assigner, OperatorContext context, KeyedScope keys) {
        TypeSerializer<Window> own =
                assigner.getWindowSerializer(context.runtimeContext().getExecutionConfig());
        return keys.serializers().of(new ValueStateDescriptor<>("window", own).typeInformation());
    }

    static Contents contents(
            OperatorSpec.WindowSpec spec,
            OperatorContext context,
            KeyedScope keys,
            Serializer<Object> windows) {
        if (spec.contents() instanceof WindowContents.Collected) {
            Serializer<Object> records = context.inputSerializer();
            boolean stamped = spec.evictor() != null;
            return new CollectedContents(
                    context.name(),
                    keys.backend()
                            .lists(
                                    new TableSpec(
                                            Contents.TABLE,
                                            TableSpec.Shape.LIST,
                                            windows,
                                            null,
                                            stamped
                                                    ? keys.serializers()
                                                            .ofSchema(stamped(records.schema()))
                                                    : records)),
                    stamped);
        }
        Fold fold = Fold.of(spec.contents(), context, keys.serializers());
        return new FoldedContents(
                keys.backend()
                        .values(
                                new TableSpec(
                                        Contents.TABLE,
                                        TableSpec.Shape.VALUE,
                                        windows,
                                        null,
                                        fold.values())),
                fold);
    }

    static MapTable inFlight(KeyedScope keys, Serializer<Object> windows) {
        return keys.backend()
                .maps(
                        new TableSpec(
                                MergingWindows.TABLE, TableSpec.Shape.MAP, null, windows, windows));
    }

    /** Pairs of a time in milliseconds and a value. */
    static Schema stamped(Schema values) {
        return new Schema.Struct(
                Schema.Form.TUPLE,
                Tuple2.class,
                List.of(
                        new Schema.Field("f0", true, new Schema.ScalarOf(Scalar.LONG)),
                        new Schema.Field("f1", true, values)));
    }
}
