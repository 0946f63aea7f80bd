package io.millrace.runtime.serde;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Makes the serializer of one struct as a hidden class in this package. Confined to one call.
 *
 * <p>The class reaches the user's class through method handles in static final fields ({@link
 * StructReach} says where it needs none), and nested serializers through static final fields too:
 * the JIT takes both as constants, so it inlines through them. The constants come as class data. A
 * hidden class is unloaded when nobody uses the serializer any more, so it does not hold the user's
 * class loader.
 *
 * <p>Methods that grow with the fields are cut into groups of {@value #GROUP}, since HotSpot does
 * not compile methods of more than 8000 bytes.
 */
final class StructGenerator {
    /** Fields that share presence bits and a method. */
    static final int GROUP = 32;

    static final Type SERIALIZER = Type.getType(Serializer.class);
    static final Type WRITER = Type.getType(BinaryWriter.class);
    static final Type READER = Type.getType(BinaryReader.class);
    static final Type OBJECT = Type.getType(Object.class);
    static final Type HANDLE = Type.getType(MethodHandle.class);
    private static final Type SCHEMA = Type.getType(Schema.class);
    private static final Type LOOKUP = Type.getType(MethodHandles.Lookup.class);
    private static final Type OBJECTS = Type.getType(Object[].class);
    private static final Method CONSTRUCTOR = Method.getMethod("void <init> ()");

    private final Schema.Struct struct;
    private final List<Serializer<?>> parts;
    private final boolean immutable;
    private final ClassWriter writer = new GeneratedClassWriter();
    private final Type self;
    private final List<Object> constants = new ArrayList<>();
    private final List<Type> constantTypes = new ArrayList<>();

    private StructGenerator(Schema.Struct struct, List<Serializer<?>> parts, boolean immutable) {
        this.struct = struct;
        this.parts = parts;
        this.immutable = immutable;
        String name = struct.type().getSimpleName().replaceAll("[^A-Za-z0-9_]", "");
        this.self = Type.getObjectType("io/millrace/runtime/serde/Generated" + name);
    }

    /**
     * @param parts the serializers of the fields, in order
     * @throws io.millrace.api.error.MillraceException {@code RECORD_TYPE_UNKNOWN} if the class is
     *     closed to us, or does not have the fields
     */
    static Serializer<?> generate(
            Schema.Struct struct, List<Serializer<?>> parts, boolean immutable) {
        StructGenerator generator = new StructGenerator(struct, parts, immutable);
        byte[] bytes = generator.bytes();
        try {
            return (Serializer<?>)
                    MethodHandles.lookup()
                            .defineHiddenClassWithClassData(
                                    bytes, generator.constants.toArray(), true)
                            .lookupClass()
                            .getDeclaredConstructor()
                            .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the serializer of " + struct.type().getName(), e);
        }
    }

    private byte[] bytes() {
        writer.visit(
                Opcodes.V17,
                ACC_FINAL | ACC_SUPER,
                self.getInternalName(),
                null,
                SERIALIZER.getInternalName(),
                null);
        writer.visitSource("generated for " + struct.type().getName(), null);
        GeneratorAdapter init = method(ACC_PUBLIC, CONSTRUCTOR);
        init.loadThis();
        init.invokeConstructor(SERIALIZER, CONSTRUCTOR);
        init.returnValue();
        init.endMethod();

        String schema = constant(SCHEMA, struct);
        GeneratorAdapter getSchema = method(ACC_PUBLIC, new Method("schema", SCHEMA, new Type[0]));
        getSchema.getStatic(self, schema, SCHEMA);
        getSchema.returnValue();
        getSchema.endMethod();

        GeneratorAdapter isImmutable = method(ACC_PUBLIC, Method.getMethod("boolean immutable ()"));
        isImmutable.push(immutable);
        isImmutable.returnValue();
        isImmutable.endMethod();

        new StructMethods(this, struct, parts, reach(), immutable).generate();
        takeConstants();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private StructReach reach() {
        StructReach direct = DirectReach.of(struct);
        return direct == null ? new HandleReach(this, StructAccess.of(struct)) : direct;
    }

    Type self() {
        return self;
    }

    GeneratorAdapter method(int flags, Method method) {
        GeneratorAdapter code = new GeneratorAdapter(flags, method, null, null, writer);
        code.visitCode();
        return code;
    }

    /** Declares a static final field for {@code value} and gives its name. */
    String constant(Type type, Object value) {
        String name = "c" + constants.size();
        constants.add(value);
        constantTypes.add(type);
        writer.visitField(ACC_STATIC | ACC_FINAL, name, type.getDescriptor(), null, null);
        return name;
    }

    /** The static initializer: every constant from the class data. */
    private void takeConstants() {
        GeneratorAdapter code = method(ACC_STATIC, Method.getMethod("void <clinit> ()"));
        code.invokeStatic(
                Type.getType(MethodHandles.class), new Method("lookup", LOOKUP, new Type[0]));
        code.push("_");
        code.push(OBJECTS);
        code.invokeStatic(
                Type.getType(MethodHandles.class),
                new Method(
                        "classData",
                        OBJECT,
                        new Type[] {
                            LOOKUP, Type.getType(String.class), Type.getType(Class.class)
                        }));
        code.checkCast(OBJECTS);
        int data = code.newLocal(OBJECTS);
        code.storeLocal(data);
        for (int i = 0; i < constants.size(); i++) {
            code.loadLocal(data);
            code.push(i);
            code.arrayLoad(OBJECT);
            code.checkCast(constantTypes.get(i));
            code.putStatic(self, "c" + i, constantTypes.get(i));
        }
        code.returnValue();
        code.endMethod();
    }

    /** Computes stack maps without loading classes: what meets is an object. */
    private static final class GeneratedClassWriter extends ClassWriter {
        GeneratedClassWriter() {
            super(ClassWriter.COMPUTE_FRAMES);
        }

        @Override
        protected String getCommonSuperClass(String left, String right) {
            return "java/lang/Object";
        }
    }
}
