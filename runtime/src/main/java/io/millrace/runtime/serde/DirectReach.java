package io.millrace.runtime.serde;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Reaches a struct as any code does: classes that are public and that the engine's loader sees,
 * with public fields, and the engine's own records by their accessors. Confined to one generation.
 *
 * <p>To the JIT this is the same as a constant handle. But for each shape of handle the JDK makes
 * classes, which have to be interpreted and compiled: for the messages of the control plane that
 * was a large part of what a short job costs.
 */
final class DirectReach implements StructReach {
    private static final String ENGINE = "io.millrace.runtime.";
    private static final String CONTROL_PLANE = "io.millrace.coordinator.";

    private final Type owner;
    private final Method constructor;
    private final List<Member> members;

    /** A field, or the accessor of a record's component. */
    private record Member(Type owner, String name, Class<?> type, Class<?> carrier, boolean field) {
        void get(GeneratorAdapter m) {
            if (field) {
                m.getField(owner, name, Type.getType(type));
            } else {
                m.invokeVirtual(owner, new Method(name, Type.getType(type), new Type[0]));
            }
        }
    }

    private DirectReach(Type owner, Method constructor, List<Member> members) {
        this.owner = owner;
        this.constructor = constructor;
        this.members = members;
    }

    /** Null if this struct has to be reached through handles. */
    static StructReach of(Schema.Struct struct) {
        Class<?> type = struct.type();
        if (!isSeen(type)) {
            return null;
        }
        try {
            return switch (struct.form()) {
                case RECORD -> isOurs(type) ? ofRecord(struct) : null;
                case POJO, TUPLE -> ofFields(struct);
                case PLAIN -> null;
            };
        } catch (NoSuchFieldException | NoSuchMethodException e) {
            return null; // the handles say what is wrong
        }
    }

    private static boolean isSeen(Class<?> type) {
        if (!Modifier.isPublic(type.getModifiers()) || type.getModule().isNamed()) {
            return false;
        }
        try {
            return Class.forName(type.getName(), false, DirectReach.class.getClassLoader()) == type;
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // a job's class
        }
    }

    /** The accessors of others may do more than give the component. */
    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(ENGINE) || type.getName().startsWith(CONTROL_PLANE);
    }

    private static StructReach ofRecord(Schema.Struct struct) throws NoSuchMethodException {
        Class<?> type = struct.type();
        RecordComponent[] components = type.getRecordComponents();
        if (components.length != struct.fields().size()
                || components.length > StructGenerator.GROUP) {
            return null;
        }
        Class<?>[] types = new Class<?>[components.length];
        List<Member> members = new ArrayList<>();
        Type owner = Type.getType(type);
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
            Schema.Field field = struct.fields().get(i);
            Class<?> carrier = StructAccess.carrier(field);
            if (!components[i].getName().equals(field.name())
                    || !fits(types[i], carrier)
                    || !isSeenAsPart(types[i])) {
                return null;
            }
            members.add(new Member(owner, field.name(), types[i], carrier, false));
        }
        Constructor<?> canonical = type.getDeclaredConstructor(types);
        return Modifier.isPublic(canonical.getModifiers())
                ? new DirectReach(owner, Method.getMethod(canonical), members)
                : null;
    }

    private static StructReach ofFields(Schema.Struct struct)
            throws NoSuchFieldException, NoSuchMethodException {
        Class<?> type = struct.type();
        Constructor<?> empty = type.getDeclaredConstructor();
        Map<String, Field> fields = StructFields.byName(type);
        if (!Modifier.isPublic(empty.getModifiers())
                || Modifier.isAbstract(type.getModifiers())
                || fields.size() != struct.fields().size()) {
            return null;
        }
        List<Member> members = new ArrayList<>();
        for (Schema.Field each : struct.fields()) {
            Field field = fields.get(each.name());
            Class<?> carrier = StructAccess.carrier(each);
            if (field == null
                    || !Modifier.isPublic(field.getModifiers())
                    || Modifier.isFinal(field.getModifiers())
                    || !isSeen(field.getDeclaringClass())
                    || !fits(field.getType(), carrier)
                    || !isSeenAsPart(field.getType())) {
                return null;
            }
            members.add(
                    new Member(
                            Type.getType(field.getDeclaringClass()),
                            field.getName(),
                            field.getType(),
                            carrier,
                            true));
        }
        return new DirectReach(Type.getType(type), Method.getMethod(empty), members);
    }

    private static boolean fits(Class<?> type, Class<?> carrier) {
        return carrier.isPrimitive() ? carrier == type : !type.isPrimitive();
    }

    /** Code casts to it. */
    private static boolean isSeenAsPart(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element.isPrimitive()
                || element.getModule() == Object.class.getModule()
                        && Modifier.isPublic(element.getModifiers())
                || isSeen(element);
    }

    @Override
    public void beforeMake(GeneratorAdapter m) {
        m.newInstance(owner);
        m.dup();
    }

    @Override
    public void component(GeneratorAdapter m, int field) {
        castFrom(members.get(field).carrier(), members.get(field).type(), m);
    }

    @Override
    public void make(GeneratorAdapter m) {
        m.invokeConstructor(owner, constructor);
    }

    @Override
    public void get(GeneratorAdapter m, int field, int objectArgument) {
        getRaw(m, field, objectArgument);
        castFrom(members.get(field).type(), members.get(field).carrier(), m);
    }

    @Override
    public void getRaw(GeneratorAdapter m, int field, int objectArgument) {
        m.loadArg(objectArgument);
        m.checkCast(members.get(field).owner());
        members.get(field).get(m);
    }

    @Override
    public void beforeSet(GeneratorAdapter m, int field, int objectArgument) {
        m.loadArg(objectArgument);
        m.checkCast(members.get(field).owner());
    }

    @Override
    public void set(GeneratorAdapter m, int field) {
        Member member = members.get(field);
        castFrom(member.carrier(), member.type(), m);
        m.putField(member.owner(), member.name(), Type.getType(member.type()));
    }

    /** As {@code MethodHandle.asType}: what is of another class ends in an exception. */
    private static void castFrom(Class<?> from, Class<?> to, GeneratorAdapter m) {
        if (!to.isPrimitive() && !to.isAssignableFrom(from)) {
            m.checkCast(Type.getType(to));
        }
    }
}
