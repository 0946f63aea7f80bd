package io.millrace.runtime.state;

import static io.millrace.runtime.state.BackendHarness.setKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.EvolvedTypes.Change;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every keyed back end must do with values whose class has changed since a checkpoint. */
public abstract class EvolvedStateContract {
    private static final int KEYS = 40;

    private BackendHarness harness;

    @TempDir Path directory;

    protected abstract KeyedBackendProvider provider();

    @BeforeEach
    void makeHarness() {
        harness = new BackendHarness(provider(), directory);
    }

    @AfterEach
    void closeBackends() {
        harness.close();
    }

    private TableSpec spec(String name, TableSpec.Shape shape, TypeInformation<?> type) {
        Serializer<Object> mapKeys =
                shape == TableSpec.Shape.MAP ? harness.serializer(Types.LONG) : null;
        return new TableSpec(name, shape, null, mapKeys, harness.serializer(type));
    }

    private List<StatePart> written(Change change, CheckpointKind kind) throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        TypeInformation<?> type = change.typeBefore();
        for (long key = 0; key < KEYS; key++) {
            setKey(backend, key);
            backend.values(spec("value", TableSpec.Shape.VALUE, type)).put(change.before(key));
            ListTable list = backend.lists(spec("list", TableSpec.Shape.LIST, type));
            list.add(change.before(key));
            list.add(change.before(key + 1));
            backend.maps(spec("map", TableSpec.Shape.MAP, type)).put(7L, change.before(key + 2));
        }
        return harness.checkpoint(backend, kind);
    }

    private void assertReads(KeyedBackend backend, Change change) throws Exception {
        TypeInformation<?> type = change.typeAfter();
        for (long key = 0; key < KEYS; key++) {
            setKey(backend, key);
            assertThat(backend.values(spec("value", TableSpec.Shape.VALUE, type)).get())
                    .isEqualTo(change.after(key));
            List<Object> list = new java.util.ArrayList<>();
            backend.lists(spec("list", TableSpec.Shape.LIST, type)).get().forEach(list::add);
            assertThat(list).containsExactly(change.after(key), change.after(key + 1));
            assertThat(backend.maps(spec("map", TableSpec.Shape.MAP, type)).get(7L))
                    .isEqualTo(change.after(key + 2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatWasWrittenBeforeTheChangeAndWritesItAnew(Change change) throws Exception {
        KeyedBackend now =
                harness.restored(Types.LONG, written(change, CheckpointKind.INCREMENTAL));
        assertReads(now, change);

        KeyedBackend later =
                harness.restored(Types.LONG, harness.checkpoint(now, CheckpointKind.INCREMENTAL));
        assertReads(later, change);
    }

    /** Most keys are never looked at between the restore and the next checkpoint. */
    @ParameterizedTest
    @EnumSource
    void writesAnewWhatNobodyHasRead(Change change) throws Exception {
        KeyedBackend now = harness.restored(Types.LONG, written(change, CheckpointKind.FULL));
        TypeInformation<?> type = change.typeAfter();
        now.values(spec("value", TableSpec.Shape.VALUE, type));
        now.lists(spec("list", TableSpec.Shape.LIST, type));
        now.maps(spec("map", TableSpec.Shape.MAP, type));

        KeyedBackend later =
                harness.restored(Types.LONG, harness.checkpoint(now, CheckpointKind.FULL));
        assertReads(later, change);
    }

    @Test
    void namesOperatorStateFieldAndBothTypesBeforeAnythingIsRead() throws Exception {
        List<StatePart> parts = written(Change.FIELD_ADDED, CheckpointKind.FULL);
        KeyedBackend now = harness.restored(Types.LONG, parts);
        int opened = harness.segments().opened();

        assertThatThrownBy(
                        () ->
                                now.values(
                                        spec("value", TableSpec.Shape.VALUE, EvolvedTypes.other())))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE))
                .hasMessageContaining("state 'value' of operator tested")
                .hasMessageContaining("'number'")
                .hasMessageContaining("INT")
                .hasMessageContaining("BOOLEAN");
        assertThat(harness.segments().opened()).as("nothing is touched").isEqualTo(opened);
    }
}
