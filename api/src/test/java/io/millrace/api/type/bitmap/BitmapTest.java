package io.millrace.api.type.bitmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.serialization.DataInputDeserializer;
import io.millrace.api.serialization.DataOutputSerializer;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class BitmapTest {
    /** From dense to sparse, so that blocks are of both kinds and change from one to the other. */
    private static final int[] BOUNDS = {9_000, 70_000, 1_000_000, Integer.MAX_VALUE};

    private static final class Pair {
        private final Bitmap bitmap = Bitmap.empty();
        private final TreeSet<Integer> model = new TreeSet<>(Integer::compareUnsigned);

        Pair(Random random, int bound, int count) {
            for (int i = 0; i < count; i++) {
                int value = random.nextInt(bound) * (random.nextInt(50) == 0 ? -1 : 1);
                if (random.nextInt(4) == 0) {
                    bitmap.remove(value);
                    model.remove(value);
                } else {
                    bitmap.add(value);
                    model.add(value);
                }
            }
        }

        void check() {
            assertThat(bitmap.toArray())
                    .isEqualTo(model.stream().mapToInt(Integer::intValue).toArray());
            assertThat(bitmap.getCardinality()).isEqualTo(model.size());
        }
    }

    @Test
    void isTheSetThatWasBuilt() {
        Random random = new Random(7);
        for (int bound : BOUNDS) {
            Pair pair = new Pair(random, bound, 12_000);
            pair.check();
            for (int i = 0; i < 1_000; i++) {
                int value = random.nextInt(bound);
                assertThat(pair.bitmap.contains(value)).isEqualTo(pair.model.contains(value));
            }
        }
    }

    @Test
    void combinesAsSetsDoAndLeavesTheOtherAsItIs() {
        combine(Bitmap::and, (a, b) -> a.retainAll(b));
        combine(Bitmap::or, (a, b) -> a.addAll(b));
        combine(Bitmap::andNot, (a, b) -> a.removeAll(b));
        combine(
                Bitmap::xor,
                (a, b) -> {
                    TreeSet<Integer> both = new TreeSet<>(a);
                    both.retainAll(b);
                    a.addAll(b);
                    a.removeAll(both);
                });
    }

    private static void combine(
            BiConsumer<Bitmap, Bitmap> ofBitmaps,
            BiConsumer<TreeSet<Integer>, TreeSet<Integer>> ofSets) {
        Random random = new Random(11);
        for (int bound : BOUNDS) {
            Pair a = new Pair(random, bound, 9_000);
            Pair b = new Pair(random, bound, 9_000);
            ofBitmaps.accept(a.bitmap, b.bitmap);
            ofSets.accept(a.model, b.model);
            a.check();
            a.bitmap.add(0L, 100_000L);
            b.check();
        }
    }

    @Test
    void combinesWithItself() {
        Bitmap bitmap = Bitmap.fromArray(new int[] {1, 2, 70_000});
        bitmap.or(bitmap);
        bitmap.and(bitmap);
        assertThat(bitmap.getCardinality()).isEqualTo(3);
        bitmap.xor(bitmap);
        assertThat(bitmap.isEmpty()).isTrue();
    }

    @Test
    void takesNumbersAsUnsigned() {
        Bitmap bitmap = Bitmap.fromArray(new int[] {-1, 5});
        bitmap.add(4_294_967_293L, 4_294_967_296L);

        assertThat(bitmap).hasToString("{5,4294967293,4294967294,4294967295}");
    }

    @Test
    void refusesARangeThatHasNoNumbersOf32Bits() {
        assertThatThrownBy(() -> Bitmap.empty().add(-1L, 5L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from -1 to 5");
        assertThatThrownBy(() -> Bitmap.empty().add(0L, 4_294_967_297L))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isTheSameAfterItsBytes() throws Exception {
        Random random = new Random(13);
        for (int bound : BOUNDS) {
            Bitmap bitmap = new Pair(random, bound, 12_000).bitmap;

            assertThat(Bitmap.fromBytes(bitmap.toBytes())).isEqualTo(bitmap);
            assertThat(serializedByJava(bitmap)).isEqualTo(bitmap);
            DataOutputSerializer out = new DataOutputSerializer(64);
            BitmapSerializer.INSTANCE.serialize(bitmap, out);
            assertThat(
                            BitmapSerializer.INSTANCE.deserialize(
                                    new DataInputDeserializer(out.getCopyOfBuffer())))
                    .isEqualTo(bitmap);
        }
    }

    private static Object serializedByJava(Bitmap bitmap) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(bitmap);
        }
        return new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    /** The form is fixed for ever, and others write it too. */
    @Test
    void writesAndReadsThePortableForm() {
        HexFormat hex = HexFormat.of();
        Bitmap bitmap = Bitmap.fromArray(new int[] {1, 65_537, 65_538});

        assertThat(hex.formatHex(bitmap.toBytes()))
                .isEqualTo(
                        "3a300000"
                                + "02000000"
                                + "00000000"
                                + "01000100"
                                + "18000000"
                                + "1a000000"
                                + "0100"
                                + "01000200");
        // One container of runs: from 10, four numbers; 100.
        assertThat(
                        Bitmap.fromBytes(
                                hex.parseHex(
                                        "3b30"
                                                + "0000"
                                                + "01"
                                                + "00000400"
                                                + "0200"
                                                + "0a000300"
                                                + "64000000")))
                .hasToString("{10,11,12,13,100}");
    }

    @Test
    void refusesBytesOfSomethingElse() {
        byte[] bytes = Bitmap.fromArray(new int[] {1, 2, 3}).toBytes();

        assertThatThrownBy(() -> Bitmap.fromBytes(new byte[] {1, 2, 3, 4}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not of a bitmap");
        for (int length = 0; length < bytes.length; length++) {
            byte[] torn = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Bitmap.fromBytes(torn))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        DataOutputSerializer out = new DataOutputSerializer(64);
        assertThatThrownBy(
                        () -> {
                            out.writeInt(1);
                            out.writeByte(7);
                            BitmapSerializer.INSTANCE.deserialize(
                                    new DataInputDeserializer(out.getCopyOfBuffer()));
                        })
                .isInstanceOf(IOException.class);
    }

    @Test
    void isDescribedWhereverItIsFound() {
        assertThat(TypeInformation.of(Bitmap.class)).isSameAs(Types.BITMAP);
        assertThat(TypeInformation.of(Bitmap.empty().getClass())).isEqualTo(Types.BITMAP);
    }
}
