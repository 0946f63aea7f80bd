package io.millrace.runtime.chunk;

import io.millrace.api.error.MillraceException;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import io.millrace.runtime.testing.Fuzz;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ChunkFuzzTest {
    private static final ClassLoader LOADER = ChunkFuzzTest.class.getClassLoader();

    record Nothing() {}

    record Tree(int value, Tree left, Tree right) {}

    record Everything(
            String text,
            long number,
            List<String> list,
            Map<String, Integer> map,
            Set<Long> set,
            Optional<Tree> tree,
            double[] array,
            int[][] arrays,
            BigDecimal decimal,
            Instant time,
            List<Nothing> nothings) {}

    private static Everything value(int i) {
        return new Everything(
                "text ü " + i,
                i,
                List.of("a", "b"),
                Map.of("k" + i, i),
                Set.of(1L),
                Optional.of(new Tree(1, new Tree(2, null, null), null)),
                new double[] {1, 2},
                new int[][] {{1}, {2, 3}},
                new BigDecimal("12.50"),
                Instant.ofEpochMilli(i),
                List.of(new Nothing(), new Nothing()));
    }

    private static void attack(Serializer<Object> serializer, boolean keyed) {
        RecordChunk chunk = new RecordChunk(keyed);
        for (int i = 0; i < 3; i++) {
            if (keyed) {
                chunk.add(i == 1 ? null : value(i), i, i);
            } else {
                chunk.add(value(i), RecordChunk.NO_TIMESTAMP);
            }
        }
        BinaryWriter out = new BinaryWriter(64);
        ChunkCodecs.of(serializer, keyed).get().encode(chunk, out);

        new Fuzz()
                .attack(
                        out.toByteArray(),
                        bytes ->
                                ChunkCodecs.of(serializer, keyed)
                                        .get()
                                        .decode(new BinaryReader(bytes)),
                        CorruptDataException.class,
                        MillraceException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void damagedChunksOfAKnownTypeGiveNamedErrors(boolean keyed) {
        attack(Serializers.of(TypeInformation.of(Everything.class), LOADER), keyed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void damagedChunksOfTypesFoundAtRunTimeGiveNamedErrors(boolean keyed) {
        attack(Serializers.of(null, LOADER), keyed);
    }
}
