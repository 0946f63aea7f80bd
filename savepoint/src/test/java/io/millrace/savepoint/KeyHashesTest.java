package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeHint;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.PlainValues;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import io.millrace.runtime.serde.WriterStructures;
import io.millrace.runtime.serde.Written;
import io.millrace.runtime.serde.WrittenSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyHashesTest {
    /** A key with an enum inside, whose own hash differs from process to process. */
    record Device(String name, TimeUnit unit, int number) {}

    /** A key with a rule of its own. */
    public static class Own {
        public int number = 7;

        @Override
        public boolean equals(Object other) {
            return other instanceof Own that && number == that.number;
        }

        @Override
        public int hashCode() {
            return number * 17;
        }
    }

    record Key(TypeInformation<?> type, Object value) {}

    static Stream<Key> keys() {
        return Stream.of(
                new Key(TypeInformation.of(String.class), "text ä"),
                new Key(TypeInformation.of(Long.class), -5_000_000_000L),
                new Key(TypeInformation.of(Boolean.class), true),
                new Key(TypeInformation.of(Double.class), 0.25),
                new Key(TypeInformation.of(TimeUnit.class), TimeUnit.DAYS),
                new Key(TypeInformation.of(UUID.class), new UUID(3, 4)),
                new Key(TypeInformation.of(BigDecimal.class), new BigDecimal("12.50")),
                new Key(TypeInformation.of(Instant.class), Instant.ofEpochSecond(7, 8)),
                new Key(TypeInformation.of(LocalDate.class), LocalDate.of(2026, 2, 3)),
                new Key(TypeInformation.of(Device.class), new Device("d", TimeUnit.HOURS, 3)),
                new Key(
                        TypeInformation.of(new TypeHint<Tuple2<String, Integer>>() {}),
                        Tuple2.of("a", 1)),
                new Key(
                        TypeInformation.of(new TypeHint<List<Device>>() {}),
                        List.of(new Device("x", TimeUnit.DAYS, 1))),
                new Key(TypeInformation.of(new TypeHint<Set<String>>() {}), Set.of("a", "b")),
                new Key(
                        TypeInformation.of(new TypeHint<Map<String, Long>>() {}),
                        Map.of("a", 1L, "b", 2L)),
                new Key(
                        TypeInformation.of(new TypeHint<Optional<String>>() {}),
                        Optional.of("there")),
                new Key(null, "found at run time"),
                new Key(null, Tuple2.of(TimeUnit.DAYS, 5L)));
    }

    private static OptionalInt hashOf(Key key) {
        Serializer<Object> serializer =
                Serializers.of(key.type(), KeyHashesTest.class.getClassLoader());
        BinaryWriter out = new BinaryWriter(64);
        out.attach(WriterStructures.selfDescribing());
        serializer.write(key.value(), out);
        Written written = WrittenSchema.of(serializer).root();
        return KeyHashes.of(written, PlainValues.of(written).fromBytes(out.toByteArray()));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void theHashIsThatOfTheKeyItself(Key key) {
        assertThat(hashOf(key)).hasValue(KeyGroups.hash(key.value()));
    }

    @Test
    void aRuleOfTheClassIsNotGuessed() {
        assertThat(hashOf(new Key(TypeInformation.of(Own.class), new Own()))).isEmpty();
    }
}
