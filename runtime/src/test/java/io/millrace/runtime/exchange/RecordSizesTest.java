package io.millrace.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import org.junit.jupiter.api.Test;

class RecordSizesTest {
    private static final Serializer<Object> BYTES =
            Serializers.of(
                    TypeInformation.of(byte[].class), RecordSizesTest.class.getClassLoader());

    private final RecordSizes sizes = new RecordSizes(BYTES);

    @Test
    void knowsTheSizeFromTheFirstRecord() {
        assertThat(sizes.onFirstOfChunk(new byte[100_000])).isBetween(100_000, 100_010);
    }

    @Test
    void followsRecordsThatGrow() {
        for (int i = 0; i < 20; i++) {
            sizes.onFirstOfChunk(new byte[10]);
            sizes.onLeft(256);
        }
        int estimate = 0;
        for (int i = 0; i < 10; i++) {
            estimate = sizes.onFirstOfChunk(new byte[100_000]);
            sizes.onLeft(256);
        }

        assertThat(estimate).isGreaterThan(90_000);
    }

    @Test
    void looksAtFewOfManyLargeRecords() {
        byte[] looked = new byte[1_000];
        for (int i = 0; i < 8; i++) {
            sizes.onFirstOfChunk(looked);
            sizes.onLeft(1);
        }
        // A chunk of one record each: the next sample comes after 256 of them.
        for (int i = 0; i < 255; i++) {
            assertThat(sizes.onFirstOfChunk(new byte[9_000])).isLessThan(1_010);
            sizes.onLeft(1);
        }
    }

    @Test
    void goesOnWithAGuessWhereARecordCannotBeWritten() {
        assertThat(sizes.onFirstOfChunk("no array at all")).isEqualTo(64);
        assertThat(sizes.onFirstOfChunk(new byte[100_000])).isEqualTo(64);
        assertThat(new RecordSizes(null).onFirstOfChunk("anything")).isEqualTo(64);
    }
}
