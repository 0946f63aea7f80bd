package io.millrace.api.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.serialization.DataInputDeserializer;
import io.millrace.api.serialization.DataOutputSerializer;
import io.millrace.api.serialization.SerializerSettings;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.type.TypeInformation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CommittableMessageTest {
    /** Version 7 writes text, version 6 wrote it with a letter in front. */
    private static final class Text implements SimpleVersionedSerializer<String> {
        private final int version;

        Text(int version) {
            this.version = version;
        }

        @Override
        public int getVersion() {
            return version;
        }

        @Override
        public byte[] serialize(String text) {
            return ((version == 6 ? "x" : "") + text).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String deserialize(int written, byte[] serialized) {
            String text = new String(serialized, StandardCharsets.UTF_8);
            return written == 6 ? text.substring(1) : text;
        }
    }

    private static TypeSerializer<CommittableMessage<String>> serializer(int version) {
        return CommittableMessageTypeInfo.of(() -> new Text(version))
                .createSerializer(new SerializerSettings());
    }

    private static CommittableMessage<String> read(int version, byte[] bytes) throws IOException {
        return serializer(version).deserialize(new DataInputDeserializer(bytes));
    }

    private static byte[] written(int version, CommittableMessage<String> message)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer(version).serialize(message, out);
        return out.getCopyOfBuffer();
    }

    @Test
    void messagesComeBackAsTheyWere() throws IOException {
        CommittableSummary<String> summary = new CommittableSummary<>(1, 3, 42, 2, 1);
        CommittableWithLineage<String> one =
                new CommittableWithLineage<>("part", Long.MAX_VALUE, 2);
        assertThat(read(7, written(7, summary))).isEqualTo(summary);
        assertThat(read(7, written(7, one))).isEqualTo(one);
    }

    @Test
    void whatAnOlderVersionOfTheSinkWroteIsRead() throws IOException {
        CommittableWithLineage<String> one = new CommittableWithLineage<>("part", 4, 2);
        assertThat(read(7, written(6, one))).isEqualTo(one);
    }

    @Test
    void whatIsNoMessageIsRefused() {
        assertThatThrownBy(() -> read(7, new byte[] {9})).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new LineageSerializer<>(new Text(7)).deserialize(2, new byte[20]))
                .hasMessageContaining("version 2");
    }

    @Test
    void aMessageKeepsItsCheckpointWhenItsCommittableChanges() {
        CommittableWithLineage<String> one = new CommittableWithLineage<>("part", 4, 2);
        assertThat(one.map(String::length)).isEqualTo(new CommittableWithLineage<>(4, 4, 2));
        assertThat(one.withSubtaskId(5).getCheckpointId()).isEqualTo(4);
        assertThat(new CommittableSummary<String>(1, 3, 42, 2, 1).<Integer>map().getCheckpointId())
                .isEqualTo(42);
    }

    @Test
    void typesAreEqualIfCommittablesAreWrittenTheSameWay() {
        TypeInformation<CommittableMessage<String>> type =
                CommittableMessageTypeInfo.of(() -> new Text(7));
        assertThat(type).isEqualTo(CommittableMessageTypeInfo.of(() -> new Text(7)));
        assertThat(type).isNotEqualTo(CommittableMessageTypeInfo.noOutput());
    }
}
