package io.millrace.runtime.serde;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes {@link PlainValues} of written forms. Confined to one making. */
final class PlainForms {
    private final Map<Written, Late> made = new IdentityHashMap<>();

    PlainValues of(Written written, WrittenLevel in) {
        return switch (written.kind()) {
            case SCALAR -> new OfScalar(((Written.ScalarOf) written).type());
            case ENUM -> new OfEnum((Written.EnumOf) written);
            case STRUCT, UNION -> nested(written, in);
            case SEQUENCE ->
                    new PlainElements.OfSequence(of(((Written.Sequence) written).element(), in));
            case ARRAY ->
                    new PlainElements.OfSequence(of(((Written.ArrayOf) written).element(), in));
            case MAPPING -> {
                Written.Mapping mapping = (Written.Mapping) written;
                yield new PlainElements.OfMapping(of(mapping.key(), in), of(mapping.value(), in));
            }
            case OPTIONAL -> new OfOptional(of(((Written.OptionalOf) written).value(), in));
            case OPEN -> new OfOpen(of(((Written.Open) written).exact(), in));
            case ANY -> new OfAny();
            case ENCLOSING -> {
                WrittenLevel level = in.up(((Written.Enclosing) written).levels());
                yield of(level.node(), level.around());
            }
            case ROW -> {
                Written.RowOf row = (Written.RowOf) written;
                yield row.known()
                        ? new PlainRows.OfKnown(all(row.fields(), in))
                        : new PlainRows.OfUnknown();
            }
            case CUSTOM -> new OfCustom();
        };
    }

    private PlainValues[] all(List<Written.Field> fields, WrittenLevel in) {
        PlainValues[] parts = new PlainValues[fields.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = of(fields.get(i).written(), in);
        }
        return parts;
    }

    private PlainValues nested(Written written, WrittenLevel in) {
        Late known = made.get(written);
        if (known != null) {
            return known;
        }
        Late late = new Late();
        made.put(written, late);
        WrittenLevel inside = new WrittenLevel(written, in);
        if (written instanceof Written.Union union) {
            late.target =
                    new OfUnion(
                            union.type(),
                            union.cases().stream()
                                    .map(one -> of(one, inside))
                                    .toArray(PlainValues[]::new));
        } else {
            Written.Struct struct = (Written.Struct) written;
            late.target = new OfStruct(struct, all(struct.fields(), inside));
        }
        return late;
    }

    /** Stands for a form that contains itself while it is made. */
    private static final class Late extends PlainValues {
        private PlainValues target;

        @Override
        public Object read(BinaryReader in, PlainStructures structures) {
            in.enter();
            Object value = target.read(in, structures);
            in.exit();
            return value;
        }

        @Override
        public void write(Object value, BinaryWriter out, PlainStructures structures) {
            out.enter();
            target.write(value, out, structures);
            out.exit();
        }
    }

    private static final class OfScalar extends PlainValues {
        private final Serializer<Object> serializer;
        private final Class<?> type;

        @SuppressWarnings("unchecked") // of the scalar's class
        OfScalar(Scalar scalar) {
            this.serializer = (Serializer<Object>) ScalarSerializer.of(scalar);
            this.type = scalar.type();
        }

        @Override
        public Object read(BinaryReader in, PlainStructures structures) {
            try {
                return serializer.read(in);
            } catch (java.time.DateTimeException | IllegalArgumentException e) {
                throw new CorruptDataException("before byte " + in.position() + ": " + e, e);
            }
        }

        @Override
        public void write(Object value, BinaryWriter out, PlainStructures structures) {
            if (!type.isInstance(value)) {
                throw wrong(value, "a " + type.getName());
            }
            serializer.write(value, out);
        }
    }

    private static final class OfEnum extends PlainValues {
        private final Written.EnumOf form;
        private final Map<String, Integer> places = new HashMap<>();

        OfEnum(Written.EnumOf form) {
            this.form = form;
            form.constants().forEach(name -> places.put(name, places.size()));
        }

        @Override
        public Object read(BinaryReader in, PlainStructures structures) {
            return form.constants()
                    .get(EvolvedValues.index(in, form.constants().size(), form.type()));
        }

        @Override
        public void write(Object value, BinaryWriter out, PlainStructures structures) {
            Integer place = places.get(value);
            if (place == null) {
                throw new CorruptDataException(
                        "'" + value + "' is no constant of " + form.type() + form.constants());
            }
            out.writeVarInt(place);
        }
    }

    private static final class OfStruct extends PlainValues {
        private final Written.Struct form;
        private final WrittenFields fields;
        private final PlainValues[] parts;

        OfStruct(Written.Struct form, PlainValues[] parts) {
            this.form = form;
            this.fields = new WrittenFields(form.fields());
            this.parts = parts;
        }

        @Override
        public Object read(BinaryReader in, PlainStructures structures) {
            Object[] values = new Object[parts.length];
            fields.walk(
                    in,
                    (field, present) -> {
                        if (present) {
                            values[field] = parts[field].read(in, structures);
                        }
                    });
            return values;
        }

        @Override
        public void write(Object value, BinaryWriter out, PlainStructures structures) {
            Object[] values = as(Object[].class, value, "a " + form.type());
            if (values.length != parts.length) {
                throw new CorruptDataException(
                        values.length
                                + " fields of "
                                + form.type()
                                + ", which has "
                                + parts.length);
            }
            fields.write(
                    values,
                    out,
                    field -> {
                        if (values[field] == null) {
                            throw new CorruptDataException(
                                    "null in the field '"
                                            + form.fields().get(field).name()
                                            + "' of "
                                            + form.type()
                                            + ", which is a primitive");
                        }
                        parts[field].write(values[field], out, structures);
                    });
        }
    }

    private static final class OfUnion extends PlainValues {
        private final String type;
        private final PlainValues[] cases;

        OfUnion(String type, PlainValues[] cases) {
            this.type = type;
            this.cases = cases;
        }

        @Override
        public Object read(BinaryReader in, PlainStructures structures) {
            int index = EvolvedValues.index(in, cases.length, type);
            return new Case(index, cases[index].read(in, structures));
        }

        @Override
        public void write(Object value, BinaryWriter out, PlainStructures structures) {
            Case one = as(Case.class, value, "a case of " + type);
            if (one.index() < 0 || one.index() >= cases.length) {
                throw new CorruptDataException("case " + one.index() + " of " + type);
            }
            out.writeVarInt(one.index());
            cases[one.index()].write(one.value(), out, structures);
        }
    }

    private static final class OfOptional extends PlainValues {
        private final PlainValues part;

        OfOptional(PlainValues part) {
            this.part = part;
        }

        @Override
        public Object read(BinaryReader in, PlainStructures structures) {
            return in.readBoolean()
                    ? Optional.ofNullable(part.read(in, structures))
                    : Optional.empty();
        }

        @Override
        public void write(Object value, BinaryWriter out, PlainStructures structures) {
            Optional<?> optional = as(Optional.class, value, "an optional");
            out.writeBoolean(optional.isPresent());
            if (optional.isPresent()) {
                part.write(optional.get(), out, structures);
            }
        }
    }

    private static final class OfOpen extends PlainValues {
        private final PlainValues exact;
        private final PlainValues any = new OfAny();

        OfOpen(PlainValues exact) {
            this.exact = exact;
        }

        @Override
        public Object read(BinaryReader in, PlainStructures structures) {
            return in.readByte() == 0 ? exact.read(in, structures) : any.read(in, structures);
        }

        @Override
        public void write(Object value, BinaryWriter out, PlainStructures structures) {
            boolean found = value instanceof Found;
            out.writeByte(found ? 1 : 0);
            (found ? any : exact).write(value, out, structures);
        }
    }

    static final class OfAny extends PlainValues {
        @Override
        public Object read(BinaryReader in, PlainStructures structures) {
            int id = in.readVarInt();
            if (id == 0) {
                return null;
            }
            if (id > 0 && id <= Scalar.COUNT) {
                Scalar scalar = Scalar.at(id - 1);
                return new Found(
                        new Written.ScalarOf(scalar), new OfScalar(scalar).read(in, structures));
            }
            in.enter();
            PlainStructures.Known known = structures.at(id, in);
            Object value = known.values().read(in, structures);
            in.exit();
            return new Found(known.written(), value);
        }

        @Override
        public void write(Object value, BinaryWriter out, PlainStructures structures) {
            if (value == null) {
                out.writeByte(0);
                return;
            }
            Found found = as(Found.class, value, "a value found at run time");
            if (found.written() instanceof Written.ScalarOf scalar) {
                out.writeVarInt(scalar.type().ordinal() + 1);
                new OfScalar(scalar.type()).write(found.value(), out, structures);
                return;
            }
            out.enter();
            structures
                    .announce(found.written(), out)
                    .values()
                    .write(found.value(), out, structures);
            out.exit();
        }
    }

    private static final class OfCustom extends PlainValues {
        @Override
        public Object read(BinaryReader in, PlainStructures structures) {
            int length = in.readInt();
            if (length < 0 || length > in.remaining()) {
                throw new CorruptDataException(
                        "length " + length + " with " + in.remaining() + " bytes left");
            }
            byte[] bytes = new byte[length];
            in.readBytes(bytes, 0, length);
            return bytes;
        }

        @Override
        public void write(Object value, BinaryWriter out, PlainStructures structures) {
            byte[] bytes = as(byte[].class, value, "bytes");
            out.writeInt(bytes.length);
            out.writeBytes(bytes, 0, bytes.length);
        }
    }
}
