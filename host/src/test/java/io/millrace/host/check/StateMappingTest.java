package io.millrace.host.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.FormerNames;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.host.check.StateMapping.Fate;
import io.millrace.host.check.StateMapping.Row;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobPlanner;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StateMappingTest {
    private static final ClassLoader LOADER = StateMappingTest.class.getClassLoader();
    private static final JobSerializers SERIALIZERS = new JobSerializers(LOADER);

    record Visit(int count, String url) {}

    @FormerNames("io.millrace.host.check.StateMappingTest$Visit")
    record Click(long count, String url) {}

    /** One state in a field, which the check sees, and one that it asks for when it runs. */
    private static final class Keep extends KeyedProcessFunction<Long, Long, Long> {
        private static final long serialVersionUID = 1L;

        private final ValueStateDescriptor<?> seen;

        Keep(TypeInformation<?> type) {
            this.seen = new ValueStateDescriptor<>("seen", type);
        }

        @Override
        public void processElement(Long value, Context context, Collector<Long> out) {
            getRuntimeContext().getState(seen);
        }
    }

    @AfterEach
    void clear() {
        StreamExecutionEnvironment.clear();
    }

    private static StreamGraph program(TypeInformation<?> type, TypeInformation<Long> keys) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        env.fromSequence(1, 10)
                .uid("numbers")
                .keyBy(number -> number, keys)
                .process(new Keep(type))
                .name("keeper")
                .uid("keep")
                .returns(Types.LONG)
                .print()
                .uid("prints");
        return env.getStreamGraph();
    }

    private static StatePart part(String name, TypeInformation<?> keys, TypeInformation<?> type) {
        TableSpec spec =
                new TableSpec(name, TableSpec.Shape.VALUE, null, null, SERIALIZERS.of(type));
        return new StatePart(
                StatePart.Kind.KEYED,
                name,
                TableForm.NAME,
                0,
                127,
                1,
                TableForm.of(spec, SERIALIZERS.of(keys)).toBytes(),
                List.of());
    }

    private static OperatorEntry operator(String uid, int keyGroups, StatePart... parts) {
        return new OperatorEntry(
                uid,
                uid,
                1,
                keyGroups,
                List.of(new SubtaskEntry(false, new ArrayList<>(Arrays.asList(parts)), List.of())));
    }

    private static List<Row> rows(
            TypeInformation<?> type, boolean ignoreUnclaimed, OperatorEntry... stored) {
        StreamGraph graph = program(type, Types.LONG);
        JobGraph plan = JobPlanner.plan(graph, new JobId("0".repeat(32)), List.of());
        Manifest manifest =
                new Manifest(
                        "0".repeat(32),
                        "job",
                        1,
                        7,
                        0,
                        CheckpointKind.FULL,
                        List.of(stored),
                        List.of(),
                        List.of(),
                        List.of());
        return StateMapping.of(manifest, graph, plan, ignoreUnclaimed, LOADER).rows();
    }

    private static Row of(List<Row> rows, String uid, String state) {
        return rows.stream()
                .filter(row -> row.uid().equals(uid) && row.state().equals(state))
                .findFirst()
                .orElseThrow(() -> new AssertionError(rows.toString()));
    }

    @Test
    void whatIsTheSameIsTakenOverAndWhatIsAskedForLaterIsUnknown() {
        List<Row> rows =
                rows(
                        TypeInformation.of(Visit.class),
                        false,
                        operator(
                                "keep",
                                128,
                                part("seen", Types.LONG, TypeInformation.of(Visit.class)),
                                part("later", Types.LONG, Types.STRING)));

        assertThat(of(rows, "keep", "seen").fate()).isEqualTo(Fate.TAKEN_OVER);
        assertThat(of(rows, "keep", "later").fate()).isEqualTo(Fate.UNKNOWN);
        assertThat(of(rows, "keep", "later").detail()).contains("until it runs");
        assertThat(of(rows, "numbers", "").fate()).isEqualTo(Fate.MISSING);
    }

    @Test
    void aClassThatHasChangedIsMigrated() {
        Row row =
                of(
                        rows(
                                TypeInformation.of(Click.class),
                                false,
                                operator(
                                        "keep",
                                        128,
                                        part("seen", Types.LONG, TypeInformation.of(Visit.class)))),
                        "keep",
                        "seen");

        assertThat(row.fate()).as(row.detail()).isEqualTo(Fate.MIGRATED);
    }

    @Test
    void whatCannotBeReadIsNamedWithFieldAndBothTypes() {
        List<Row> rows =
                rows(
                        Types.STRING,
                        false,
                        operator("keep", 128, part("seen", Types.LONG, Types.LONG)));
        Row row = of(rows, "keep", "seen");

        assertThat(row.fate()).isEqualTo(Fate.INCOMPATIBLE);
        assertThat(row.detail()).contains("LONG", "STRING");
        assertThatThrownBy(() -> StartCheck.refuse(new StateMapping(rows)))
                .hasMessageStartingWith("SCHEMA_INCOMPATIBLE")
                .hasMessageContaining("'seen'")
                .hasMessageContaining("uid 'keep'");
    }

    @Test
    void otherKeysAndKeyGroupsAreIncompatible() {
        StatePart byText = part("seen", Types.STRING, Types.LONG);
        assertThat(
                        of(rows(Types.LONG, false, operator("keep", 128, byText)), "keep", "seen")
                                .detail())
                .contains("its key");
        StatePart same = part("seen", Types.LONG, Types.LONG);
        assertThat(of(rows(Types.LONG, false, operator("keep", 64, same)), "keep", "seen").detail())
                .contains("64 key groups", "setMaxParallelism(64)");
    }

    @Test
    void anOperatorThatIsGoneIsRefusedOrLeftBehind() {
        OperatorEntry gone = operator("gone", 128, part("x", Types.LONG, Types.LONG));

        assertThat(of(rows(Types.LONG, false, gone), "gone", "x").fate())
                .isEqualTo(Fate.INCOMPATIBLE);
        assertThat(of(rows(Types.LONG, true, gone), "gone", "x").fate()).isEqualTo(Fate.DROPPED);
        StartCheck.refuse(new StateMapping(rows(Types.LONG, true, gone)));
    }
}
