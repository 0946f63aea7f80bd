package io.millrace.runtime.serde;

import io.millrace.api.tuple.Tuple;
import io.millrace.api.type.BasicArrayTypeInfo;
import io.millrace.api.type.CompositeType;
import io.millrace.api.type.Either;
import io.millrace.api.type.EitherTypeInfo;
import io.millrace.api.type.ListTypeInfo;
import io.millrace.api.type.MapTypeInfo;
import io.millrace.api.type.ObjectArrayTypeInfo;
import io.millrace.api.type.OptionalTypeInfo;
import io.millrace.api.type.Row;
import io.millrace.api.type.RowTypeInfo;
import io.millrace.api.type.SealedTypeInfo;
import io.millrace.api.type.SetTypeInfo;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeField;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.TypeKind;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Schemas from classes and their generic signatures. What a signature leaves open (type variables
 * without an argument, interfaces, {@code Object}) is found at run time. Confined to one search.
 */
final class ReflectedSchema {
    private final TypeTrail trail;

    ReflectedSchema(TypeTrail trail) {
        this.trail = trail;
    }

    /** The schema of the values of a type as it is written in a program. */
    static Schema of(Type type) {
        return new ReflectedSchema(new TypeTrail()).schema(type, Map.of());
    }

    static Schema of(TypeInformation<?> type) {
        return new ReflectedSchema(new TypeTrail()).schema(type);
    }

    /** The schema of instances of exactly this class, all its type variables left open. */
    static Schema ofExactly(Class<?> type) {
        Schema schema = of(type);
        return schema instanceof Schema.Open open ? open.exact() : schema;
    }

    Schema schema(Type type, Map<TypeVariable<?>, Type> arguments) {
        if (type instanceof Class<?> c) {
            return ofClass(c, c, arguments);
        }
        if (type instanceof ParameterizedType parameterized) {
            Class<?> raw = (Class<?>) parameterized.getRawType();
            Map<TypeVariable<?>, Type> inner = new HashMap<>();
            TypeVariable<?>[] variables = raw.getTypeParameters();
            Type[] actual = parameterized.getActualTypeArguments();
            List<Object> identity = new ArrayList<>(List.of(raw));
            for (int i = 0; i < variables.length; i++) {
                Type argument = TypeArguments.resolve(actual[i], arguments);
                inner.put(variables[i], argument);
                identity.add(argument);
            }
            return ofClass(raw, identity, inner);
        }
        if (type instanceof GenericArrayType array) {
            Type component = TypeArguments.resolve(array.getGenericComponentType(), arguments);
            return new Schema.ArrayOf(
                    TypeArguments.rawClass(component), schema(component, arguments));
        }
        Type resolved = TypeArguments.resolve(type, arguments);
        return resolved instanceof Class<?> c && c == Object.class
                ? new Schema.Any()
                : schema(resolved, arguments);
    }

    private Schema ofClass(Class<?> type, Object identity, Map<TypeVariable<?>, Type> arguments) {
        Scalar scalar = Scalar.of(type);
        if (scalar != null) {
            Schema exact = new Schema.ScalarOf(scalar);
            return scalar == Scalar.DATE ? new Schema.Open(type, exact) : exact;
        }
        if (type == Void.class || type == void.class) {
            return new Schema.Any(); // only null, which Any writes in a byte
        }
        if (type.isEnum()) {
            return enumOf(type);
        }
        if (type.isArray()) {
            Class<?> component = type.getComponentType();
            return new Schema.ArrayOf(component, part("[]", component, arguments));
        }
        if (type == Optional.class) {
            return new Schema.OptionalOf(argument(type, 0, arguments));
        }
        Schema.SequenceForm sequence = CollectionForms.sequence(type);
        if (sequence != null) {
            return new Schema.Sequence(sequence, argument(type, 0, arguments));
        }
        Schema.MappingForm mapping = CollectionForms.mapping(type);
        if (mapping != null) {
            return new Schema.Mapping(
                    mapping, argument(type, 0, arguments), argument(type, 1, arguments));
        }
        if (type == Row.class) {
            return new Schema.RowOf(false, List.of());
        }
        TypeInformation<?> own = TypeExtractor.ownDescription(type);
        if (own != null && own.bringsSerializer()) {
            return new Schema.Custom(own);
        }
        Schema enclosing = trail.enclosing(identity, type);
        boolean sealed = type.isSealed();
        if (!sealed && (type.isInterface() || Modifier.isAbstract(type.getModifiers()))
                || type == Object.class) {
            return new Schema.Any();
        }
        if (enclosing == null) {
            trail.enter(identity, type);
            enclosing = sealed ? union(type, arguments) : struct(type, arguments);
            trail.leave();
        }
        return sealed ? enclosing : openUnlessFinal(type, enclosing);
    }

    private static Schema openUnlessFinal(Class<?> type, Schema exact) {
        boolean open = !Modifier.isFinal(type.getModifiers()) && !isTuple(type);
        return open && exact.kind() != Schema.Kind.ANY ? new Schema.Open(type, exact) : exact;
    }

    static Schema.EnumOf enumOf(Class<?> type) {
        List<String> constants =
                Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name()).toList();
        return new Schema.EnumOf(type, constants);
    }

    private Schema argument(Class<?> type, int index, Map<TypeVariable<?>, Type> arguments) {
        return part("<" + index + ">", type.getTypeParameters()[index], arguments);
    }

    /** The schema of a described type. */
    private Schema schema(TypeInformation<?> type) {
        if (type.bringsSerializer()) {
            return new Schema.Custom(type);
        }
        return switch (type.kind()) {
            case BASIC, PRIMITIVE_ARRAY, ENUM, GENERIC -> schema(type.getTypeClass(), Map.of());
            case OBJECT_ARRAY ->
                    new Schema.ArrayOf(
                            type.getTypeClass().getComponentType(), schema(componentOf(type)));
            case LIST ->
                    new Schema.Sequence(
                            Schema.SequenceForm.LIST,
                            schema(((ListTypeInfo<?>) type).getElementTypeInfo()));
            case SET ->
                    new Schema.Sequence(
                            Schema.SequenceForm.SET,
                            schema(((SetTypeInfo<?>) type).getElementTypeInfo()));
            case MAP ->
                    new Schema.Mapping(
                            Schema.MappingForm.MAP,
                            schema(((MapTypeInfo<?, ?>) type).getKeyTypeInfo()),
                            schema(((MapTypeInfo<?, ?>) type).getValueTypeInfo()));
            case OPTIONAL ->
                    new Schema.OptionalOf(
                            schema(((OptionalTypeInfo<?>) type).getElementTypeInfo()));
            case SEALED -> described((SealedTypeInfo<?>) type);
            case TUPLE, POJO, RECORD -> described((CompositeType<?>) type);
            case ROW -> described((RowTypeInfo) type);
            case EITHER -> described((EitherTypeInfo<?, ?>) type);
            case NOTHING -> new Schema.Any(); // never written
            case CUSTOM -> new Schema.Custom(type);
        };
    }

    private static TypeInformation<?> componentOf(TypeInformation<?> array) {
        return array instanceof BasicArrayTypeInfo<?, ?> basic
                ? basic.getComponentInfo()
                : ((ObjectArrayTypeInfo<?, ?>) array).getComponentInfo();
    }

    private Schema described(RowTypeInfo type) {
        List<Schema.Field> fields = new ArrayList<>();
        for (TypeField field : type.fields()) {
            trail.enterPart(field.name());
            fields.add(new Schema.Field(field.name(), true, schema(field.type())));
            trail.leavePart();
        }
        return new Schema.RowOf(true, fields);
    }

    private Schema described(EitherTypeInfo<?, ?> type) {
        trail.enter(type, Either.class);
        Schema left = side(Either.Left.class, type.getLeftType());
        Schema right = side(Either.Right.class, type.getRightType());
        trail.leave();
        return new Schema.Union(Either.class, List.of(left, right));
    }

    private Schema side(Class<?> side, TypeInformation<?> value) {
        trail.enter(side, side);
        trail.enterPart(side.getSimpleName());
        Schema schema = schema(value);
        trail.leavePart();
        trail.leave();
        return new Schema.Struct(
                Schema.Form.POJO, side, List.of(new Schema.Field("value", true, schema)));
    }

    private Schema described(SealedTypeInfo<?> type) {
        Class<?> raw = type.getTypeClass();
        trail.enter(raw.getTypeParameters().length == 0 ? raw : type, raw);
        Schema union = new Schema.Union(raw, type.leaves().stream().map(this::schema).toList());
        trail.leave();
        return union;
    }

    private Schema described(CompositeType<?> type) {
        Class<?> raw = type.getTypeClass();
        Map<String, TypeInformation<?>> described = new HashMap<>();
        type.fields().forEach(field -> described.put(field.name(), field.type()));
        trail.enter(raw.getTypeParameters().length == 0 ? raw : type, raw);
        Schema struct = struct(raw, Map.of(), described);
        trail.leave();
        return openUnlessFinal(raw, struct);
    }

    /** The description where it says more than the field's signature. */
    private Schema described(
            String name,
            Field field,
            TypeInformation<?> told,
            Map<TypeVariable<?>, Type> arguments) {
        if (told.kind() == TypeKind.GENERIC
                && (field.getType() != Object.class || told.getTypeClass() == Object.class)) {
            return part(name, field.getGenericType(), arguments);
        }
        trail.enterPart(name);
        Schema schema = schema(told);
        trail.leavePart();
        return schema;
    }

    private Schema part(String name, Type type, Map<TypeVariable<?>, Type> arguments) {
        trail.enterPart(name);
        Schema schema = schema(type, arguments);
        trail.leavePart();
        return schema;
    }

    private Schema union(Class<?> type, Map<TypeVariable<?>, Type> arguments) {
        Set<Class<?>> leaves = new LinkedHashSet<>();
        collectLeaves(type, leaves);
        List<Schema> cases = new ArrayList<>();
        for (Class<?> leaf : leaves) {
            if (leaf.isSealed()) {
                trail.enter(new Object(), leaf);
                Schema exact = struct(leaf, leaf == type ? arguments : Map.of());
                trail.leave();
                cases.add(exact);
            } else {
                cases.add(part(leaf.getSimpleName(), leaf, Map.of()));
            }
        }
        return new Schema.Union(type, cases);
    }

    private static void collectLeaves(Class<?> type, Set<Class<?>> leaves) {
        if (!type.isInterface() && !Modifier.isAbstract(type.getModifiers()) || !type.isSealed()) {
            leaves.add(type);
        }
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collectLeaves(permitted, leaves);
            }
        }
    }

    private Schema struct(Class<?> type, Map<TypeVariable<?>, Type> arguments) {
        return struct(type, arguments, Map.of());
    }

    private Schema struct(
            Class<?> type,
            Map<TypeVariable<?>, Type> arguments,
            Map<String, TypeInformation<?>> described) {
        refuseWhatHasNoValue(type);
        Map<String, Field> fields;
        try {
            fields = StructFields.byName(type);
        } catch (NoSuchFieldException e) {
            throw trail.unknown(type, "has a component without a field");
        }
        List<Schema.Field> parts = new ArrayList<>();
        Map<TypeVariable<?>, Type> all = TypeArguments.withSuperclasses(type, arguments);
        fields.forEach(
                (name, field) -> {
                    TypeInformation<?> told = described.get(name);
                    parts.add(
                            new Schema.Field(
                                    name,
                                    !field.getType().isPrimitive(),
                                    told == null
                                            ? part(name, field.getGenericType(), all)
                                            : described(name, field, told, all)));
                });
        return new Schema.Struct(form(type, fields), type, parts);
    }

    private static Schema.Form form(Class<?> type, Map<String, Field> fields) {
        if (type.isRecord()) {
            return Schema.Form.RECORD;
        }
        if (StructFields.settable(type, fields.values())) {
            return isTuple(type) ? Schema.Form.TUPLE : Schema.Form.POJO;
        }
        return Schema.Form.PLAIN;
    }

    private void refuseWhatHasNoValue(Class<?> type) {
        if (type.getClassLoader() == null
                || type.getClassLoader() == ClassLoader.getPlatformClassLoader()) {
            throw trail.unknown(type, "is a class of Java that Millrace has no serializer for");
        }
        if (type.isHidden() || type.isSynthetic()) {
            throw trail.unknown(type, "is a lambda or another generated class");
        }
        for (Class<?> c = type.getSuperclass(); c != null; c = c.getSuperclass()) {
            if (c != Object.class
                    && c != Record.class
                    && (c.getClassLoader() == null
                            || c.getClassLoader() == ClassLoader.getPlatformClassLoader())) {
                throw trail.unknown(
                        type, "extends " + c.getName() + ", whose fields cannot be reached");
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (field.isSynthetic() && !Modifier.isStatic(field.getModifiers())) {
                throw trail.unknown(
                        type,
                        "is an inner class that drags along its "
                                + field.getType().getName()
                                + "; make it static");
            }
        }
    }

    static boolean isTuple(Class<?> type) {
        return type.getSuperclass() == Tuple.class;
    }
}
