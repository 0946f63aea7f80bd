package io.millrace.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.serde.Serializers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CheckedHandOverTest {
    private final List<Object> taken = new ArrayList<>();

    private CheckedHandOver handOver(Consumer<Object> receiver) {
        Receiver next =
                new Receiver() {
                    @Override
                    public void push(Object record, long timestampMs) {
                        taken.add(record);
                        receiver.accept(record);
                    }

                    @Override
                    public void watermark(long timestampMs) {}

                    @Override
                    public void idle() {}
                };
        return new CheckedHandOver(
                next, Serializers.of(null, getClass().getClassLoader()), "sender", "receiver");
    }

    @Test
    void givesEachRecordAsACopy() {
        Tuple2<String, Integer> record = Tuple2.of("a", 1);
        handOver(r -> {}).push(record, 5);
        assertThat(taken).containsExactly(record);
        assertThat(taken.get(0)).isNotSameAs(record);
    }

    @Test
    @SuppressWarnings("unchecked")
    void namesTheReceiverThatChangesWhatItReceives() {
        CheckedHandOver handOver = handOver(record -> ((Tuple2<String, Integer>) record).f1 = 9);
        assertThatThrownBy(() -> handOver.push(Tuple2.of("a", 1), 5))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("operator 'receiver'")
                .hasMessageContaining("received from 'sender'")
                .hasMessageContaining("Tuple2");
    }

    @Test
    void namesTheSenderThatChangesWhatItHasEmitted() {
        CheckedHandOver handOver = handOver(record -> {});
        Tuple2<String, Integer> reused = Tuple2.of("a", 1);
        handOver.push(reused, 5);
        reused.f1 = 2;
        assertThatThrownBy(() -> handOver.push(reused, 6))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("operator 'sender'")
                .hasMessageContaining("emitted to 'receiver'");
    }

    @Test
    void findsAChangeAlsoBeforeTimeGoesOn() {
        CheckedHandOver handOver = handOver(record -> {});
        Tuple2<String, Integer> reused = Tuple2.of("a", 1);
        handOver.pushKeyed(reused, 5, 77);
        reused.f1 = 2;
        assertThatThrownBy(() -> handOver.watermark(6)).hasMessageContaining("operator 'sender'");
    }

    @Test
    void doesNotMindTheOrderInWhichAMapIsCopied() {
        HashMap<String, Integer> map = new HashMap<>(1024);
        for (int i = 0; i < 100; i++) {
            map.put("key" + i, i);
        }
        CheckedHandOver handOver = handOver(record -> {});
        handOver.push(map, 5);
        handOver.push(map, 6);
        assertThat(taken).containsExactly(map, map);
    }

    @Test
    void passesOnWhatHasNoSerialForm() {
        Thread record = new Thread();
        CheckedHandOver handOver = handOver(r -> {});
        handOver.push(record, 5);
        handOver.push(null, 6);
        assertThat(taken).containsExactly(record, null);
    }

    @Test
    void checksTypedRecordsToo() {
        CheckedHandOver handOver =
                new CheckedHandOver(
                        new Discard(),
                        Serializers.of(
                                Types.TUPLE(Types.STRING, Types.INT), getClass().getClassLoader()),
                        "sender",
                        "receiver");
        Tuple2<String, Integer> reused = Tuple2.of("a", 1);
        handOver.push(reused, 5);
        reused.f0 = "b";
        assertThatThrownBy(() -> handOver.push(reused, 6)).hasMessageContaining("'sender'");
    }
}
