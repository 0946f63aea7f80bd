package io.millrace.runtime.serde;

import static io.millrace.runtime.serde.StructGenerator.OBJECT;
import static io.millrace.runtime.serde.StructGenerator.READER;
import static io.millrace.runtime.serde.StructGenerator.SERIALIZER;
import static io.millrace.runtime.serde.StructGenerator.WRITER;

import java.lang.invoke.MethodType;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * The bytecode of one field: primitives, their boxes and strings go straight to the writer, all
 * else through a constant serializer. Confined to one generation.
 */
final class FieldCode {
    private static final Type STRING = Type.getType(String.class);

    private final Schema.Field field;
    private final Type self;
    private final Type carrier;
    private final Scalar inline;
    private final boolean immutable;

    /** The name of the constant; null if the field is inline. */
    private final String serializer;

    FieldCode(StructGenerator target, Schema.Field field, Serializer<?> part) {
        this.field = field;
        this.self = target.self();
        this.carrier = Type.getType(StructAccess.carrier(field));
        Scalar scalar = field.schema() instanceof Schema.ScalarOf of ? of.type() : null;
        boolean direct = scalar != null && (scalar.primitive() || scalar == Scalar.STRING);
        this.inline = direct ? scalar : null;
        this.immutable = part.immutable();
        this.serializer = direct ? null : target.constant(SERIALIZER, part);
    }

    Type carrier() {
        return carrier;
    }

    /** Whether a value may be of another class than this field writes. */
    boolean choosy() {
        return field.schema().kind() != Schema.Kind.ANY;
    }

    /** Writes the local variable to the argument; it is not null. */
    void write(GeneratorAdapter m, int local, int outArgument) {
        if (inline == null) {
            m.getStatic(self, serializer, SERIALIZER);
            m.loadLocal(local);
            m.loadArg(outArgument);
            m.invokeVirtual(
                    SERIALIZER, new Method("write", Type.VOID_TYPE, new Type[] {OBJECT, WRITER}));
            return;
        }
        m.loadArg(outArgument);
        m.loadLocal(local);
        if (inline != Scalar.STRING && field.nullable()) {
            m.unbox(primitive());
        }
        Type written =
                switch (inline) {
                    case STRING -> STRING;
                    case BYTE, SHORT, CHAR -> Type.INT_TYPE;
                    default -> primitive();
                };
        m.invokeVirtual(WRITER, new Method("write" + verb(), Type.VOID_TYPE, new Type[] {written}));
    }

    /** Whether it refers to something that can be looked at before it is written. */
    boolean looks() {
        return inline == Scalar.STRING
                || serializer != null && !(field.schema() instanceof Schema.ScalarOf);
    }

    /** Adds what a look into the local variable, not null, gives to the number on the stack. */
    void look(GeneratorAdapter m, int local) {
        if (inline == Scalar.STRING) {
            m.loadLocal(local);
            m.invokeVirtual(STRING, Method.getMethod("int length ()"));
        } else {
            m.getStatic(self, serializer, SERIALIZER);
            m.loadLocal(local);
            m.invokeVirtual(SERIALIZER, new Method("lookInto", Type.INT_TYPE, new Type[] {OBJECT}));
        }
        m.math(GeneratorAdapter.ADD, Type.INT_TYPE);
    }

    /** Leaves what is read on the stack. */
    void read(GeneratorAdapter m, int inArgument) {
        if (inline == null) {
            m.getStatic(self, serializer, SERIALIZER);
            m.loadArg(inArgument);
            m.invokeVirtual(SERIALIZER, new Method("read", OBJECT, new Type[] {READER}));
            return;
        }
        m.loadArg(inArgument);
        Type read =
                switch (inline) {
                    case STRING -> STRING;
                    case CHAR -> Type.SHORT_TYPE;
                    default -> primitive();
                };
        m.invokeVirtual(READER, new Method("read" + verb(), read, new Type[0]));
        if (inline == Scalar.CHAR) {
            m.cast(Type.INT_TYPE, Type.CHAR_TYPE);
        }
        if (inline != Scalar.STRING && field.nullable()) {
            m.valueOf(primitive());
        }
    }

    /** Replaces the field on the stack by its copy. */
    void copy(GeneratorAdapter m) {
        if (immutable || inline != null) {
            return;
        }
        Label done = new Label();
        m.dup();
        m.ifNull(done);
        int local = m.newLocal(OBJECT);
        m.storeLocal(local);
        m.getStatic(self, serializer, SERIALIZER);
        m.loadLocal(local);
        m.invokeVirtual(SERIALIZER, new Method("copy", OBJECT, new Type[] {OBJECT}));
        m.mark(done);
    }

    /** Leaves on the stack whether the object in the local variable, not null, can be written. */
    void fits(GeneratorAdapter m, int local) {
        if (inline == null) {
            m.getStatic(self, serializer, SERIALIZER);
            m.loadLocal(local);
            m.invokeVirtual(SERIALIZER, new Method("fits", Type.BOOLEAN_TYPE, new Type[] {OBJECT}));
            return;
        }
        m.loadLocal(local);
        m.instanceOf(Type.getType(inline.type()));
    }

    private String verb() {
        return switch (inline) {
            case CHAR -> "Short";
            default ->
                    inline.name().charAt(0)
                            + inline.name().substring(1).toLowerCase(java.util.Locale.ROOT);
        };
    }

    private Type primitive() {
        return Type.getType(MethodType.methodType(inline.type()).unwrap().returnType());
    }
}
