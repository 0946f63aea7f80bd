package io.millrace.runtime.serde;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads scalars, enums and collections of older forms. Pure. */
final class EvolvedValues {
    private static final int MAX_INITIAL_CAPACITY = 1024;

    private EvolvedValues() {}

    static SchemaMismatch mismatch(Written written, Schema now) {
        return new SchemaMismatch(WrittenText.of(written), WrittenText.of(Written.of(now)));
    }

    static int index(BinaryReader in, int count, String of) {
        int index = in.readVarInt();
        if (index < 0 || index >= count) {
            throw new CorruptDataException(
                    index + " of " + of + ", which has " + count + ", at " + in.position());
        }
        return index;
    }

    static ValueReader scalar(Written.ScalarOf written, Schema.ScalarOf now) {
        UnaryOperator<Object> change = Widening.of(written.type(), now.type());
        if (change == null) {
            throw mismatch(written, now);
        }
        Serializer<?> serializer = ScalarSerializer.of(written.type());
        return written.type() == now.type()
                ? serializer::read
                : in -> change.apply(serializer.read(in));
    }

    static ValueReader constant(Written.EnumOf written, Schema.EnumOf now) {
        if (!EarlierNames.has(now.type(), written.type())) {
            throw mismatch(written, now);
        }
        Object[] constants = new Object[written.constants().size()];
        for (int i = 0; i < constants.length; i++) {
            int place = EarlierNames.constant(now, written.constants().get(i));
            constants[i] = place < 0 ? null : now.type().getEnumConstants()[place];
        }
        return in -> {
            int index = index(in, constants.length, written.type());
            return constants[index] != null
                    ? constants[index]
                    : new GoneReader(written.type() + "." + written.constants().get(index))
                            .read(in);
        };
    }

    private static Object element(boolean nulls, ValueReader element, BinaryReader in) {
        return nulls && in.readByte() == 0 ? null : element.read(in);
    }

    static Object readSequence(BinaryReader in, Schema.SequenceForm form, ValueReader element) {
        int header = in.readVarInt();
        Collection<Object> values =
                form.make.apply(Math.min(Elements.size(header, in), MAX_INITIAL_CAPACITY));
        for (int left = Elements.size(header, in); left > 0; left--) {
            values.add(element(Elements.nulls(header), element, in));
        }
        return values;
    }

    static Object readMapping(
            BinaryReader in, Schema.MappingForm form, ValueReader key, ValueReader value) {
        int header = in.readVarInt();
        Map<Object, Object> values = form.make.get();
        for (int left = Elements.size(header, in); left > 0; left--) {
            Object k = element(Elements.nulls(header), key, in);
            values.put(k, element(Elements.nulls(header), value, in));
        }
        return values;
    }

    static Object readArray(BinaryReader in, Class<?> type, ValueReader element) {
        int header = in.readVarInt();
        Object[] values = (Object[]) Array.newInstance(type, Elements.size(header, in));
        for (int i = 0; i < values.length; i++) {
            values[i] = element(Elements.nulls(header), element, in);
        }
        return values;
    }
}
