package io.millrace.connector.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaCommittableTest {
    private final KafkaCommittable.Serializer serializer = new KafkaCommittable.Serializer();

    @Test
    void comesBackAsItWas() throws Exception {
        KafkaCommittable one =
                new KafkaCommittable(
                        "id-ä",
                        Long.MAX_VALUE - 1,
                        (short) 32_765,
                        true,
                        17,
                        900_000,
                        List.of(
                                new WrittenRange("a", 0, 0, 5, 3),
                                new WrittenRange("b", 7, 1L << 40, 1L << 41, 2)));
        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(one)))
                .isEqualTo(one);
    }

    @Test
    void refusesAnotherVersion() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .hasMessageContaining("version 2");
    }

    @Test
    void aMessageNamesTheFirstRangesOnly() {
        List<WrittenRange> many =
                java.util.stream.IntStream.range(0, 25)
                        .mapToObj(i -> new WrittenRange("t", i, 0, 1, 2))
                        .toList();
        assertThat(WrittenRange.listed(many))
                .startsWith("t-0 offsets 0 to 1 (2), t-1 ")
                .endsWith("and 5 more ranges");
    }
}
