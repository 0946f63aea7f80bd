package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.operator.VoidNamespace;
import io.millrace.api.operator.VoidNamespaceSerializer;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.type.Types;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateDescriptorSerializersTest {
    /** Not serializable by Java, as most classes of programs. */
    public static final class Limits {
        public List<Long> perDay = new ArrayList<>();

        public Limits() {}

        Limits(Long... perDay) {
            this.perDay.addAll(List.of(perDay));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T travelled(T object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    @Test
    @SuppressWarnings("deprecation")
    void aDefaultTravelsThoughJavaCannotWriteIt() throws Exception {
        var described = new ValueStateDescriptor<>("limits", Limits.class, new Limits(7L, 8L));

        var arrived = travelled(described);
        arrived.initializeSerializerUnlessSet(new ExecutionConfig());

        assertThat(arrived).isEqualTo(described);
        assertThat(arrived.getDefaultValue().perDay).containsExactly(7L, 8L);
    }

    @Test
    @SuppressWarnings("deprecation")
    void aDefaultIsCopiedForEachThatAsks() {
        Limits limits = new Limits(7L);
        var described = new ValueStateDescriptor<>("limits", Limits.class, limits);
        described.initializeSerializerUnlessSet(new ExecutionConfig());

        described.getDefaultValue().perDay.add(9L);

        assertThat(described.getDefaultValue().perDay).containsExactly(7L);
        assertThat(described.getDefaultValue()).isNotSameAs(limits);
    }

    @Test
    void travelsUnchangedBeforeItsSerializerIsMade() throws Exception {
        var arrived = travelled(new ValueStateDescriptor<>("sum", Long.class));

        assertThat(arrived.isSerializerInitialized()).isFalse();
        arrived.initializeSerializerUnlessSet(new ExecutionConfig());
        assertThat(arrived.getSerializer().copy(5L)).isEqualTo(5L);
    }

    @Test
    void theEnginesSerializerStandsForItsType() {
        TypeSerializer<String> ofStrings = Types.STRING.createSerializer(new ExecutionConfig());

        var list = new ListStateDescriptor<>("seen", ofStrings);

        assertThat(list.elementType()).isEqualTo(Types.STRING);
        assertThat(list.isSerializerInitialized()).isTrue();
        assertThat(list.getElementSerializer()).isEqualTo(ofStrings);
        assertThat(list.getSerializer().copy(List.of("a", "b"))).containsExactly("a", "b");
    }

    @Test
    void aProgramsOwnSerializerWritesTheParts() throws Exception {
        var map =
                new MapStateDescriptor<>(
                        "seen",
                        Types.STRING.createSerializer(new ExecutionConfig()),
                        VoidNamespaceSerializer.INSTANCE);

        var arrived = travelled(map);

        assertThat(arrived.getValueSerializer()).isInstanceOf(VoidNamespaceSerializer.class);
        assertThat(arrived.getSerializer().copy(Map.of("a", VoidNamespace.INSTANCE)))
                .containsExactly(Map.entry("a", VoidNamespace.INSTANCE));
    }
}
