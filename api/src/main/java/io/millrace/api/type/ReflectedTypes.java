package io.millrace.api.type;

import io.millrace.api.tuple.Tuple;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Describes types by reflection; null where a part is a variable that nobody bound. Pure. */
final class ReflectedTypes {
    private ReflectedTypes() {}

    static TypeInformation<?> ofField(Field field, Scope scope) {
        TypeInfo annotation = field.getAnnotation(TypeInfo.class);
        if (annotation != null) {
            Type type = scope.resolve(field.getGenericType());
            return TypeFactories.make(annotation.value(), type, arguments(type, scope));
        }
        return orGeneric(of(field.getGenericType(), scope), field.getType());
    }

    private static TypeInformation<?> orGeneric(TypeInformation<?> type, Class<?> erased) {
        return type != null ? type : new GenericTypeInfo<>(erased);
    }

    static TypeInformation<?> of(Type unresolved, Scope scope) {
        Type type = scope.bindings.resolve(unresolved);
        if (type instanceof TypeVariable<?> variable) {
            return scope.given(variable);
        }
        if (type instanceof WildcardType wildcard) {
            Type bound = wildcard.getUpperBounds()[0];
            return bound == Object.class ? null : of(bound, scope);
        }
        if (type instanceof GenericArrayType array) {
            TypeInformation<?> component = of(array.getGenericComponentType(), scope);
            return component == null
                    ? null
                    : array(component.getTypeClass().arrayType(), component);
        }
        Class<?> raw = Bindings.erase(type);
        Class<? extends TypeInfoFactory<?>> factory = TypeFactories.of(raw);
        if (factory != null) {
            return TypeFactories.make(factory, type, arguments(type, scope));
        }
        TypeInformation<?> single = withoutFields(raw, scope);
        return single != null ? single : withParts(raw, type, scope);
    }

    private static TypeInformation<?> withoutFields(Class<?> raw, Scope scope) {
        TypeInformation<?> single = single(raw);
        if (single != null) {
            return single;
        }
        if (raw.isArray()) {
            return array(raw, of(raw.getComponentType(), scope));
        }
        if (isValue(raw)) {
            return valueOf(raw);
        }
        Class<?> enumClass =
                Enum.class.isAssignableFrom(raw) && !raw.isEnum() ? raw.getSuperclass() : raw;
        return enumClass.isEnum() ? enumOf(enumClass) : null;
    }

    /** Whether instances of a class write themselves. */
    static boolean isValue(Class<?> raw) {
        return Value.class.isAssignableFrom(raw)
                && !raw.isInterface()
                && !Modifier.isAbstract(raw.getModifiers());
    }

    static TypeInformation<?> valueOf(Class<?> raw) {
        return new ValueTypeInfo<>(raw.asSubclass(Value.class));
    }

    /** A value without parts, or null. */
    private static TypeInformation<?> single(Class<?> raw) {
        TypeInformation<?> basic = BasicTypeInfo.getInfoFor(raw);
        if (basic != null) {
            return basic;
        }
        TypeInformation<?> sql = SqlTimeTypeInfo.getInfoFor(raw);
        return sql != null ? sql : LocalTimeTypeInfo.getInfoFor(raw);
    }

    private static TypeInformation<?> array(Class<?> raw, TypeInformation<?> component) {
        TypeInformation<?> primitive = PrimitiveArrayTypeInfo.getInfoFor(raw);
        if (primitive != null) {
            return primitive;
        }
        TypeInformation<?> basic = BasicArrayTypeInfo.getInfoFor(raw);
        if (basic != null) {
            return basic;
        }
        return component == null ? null : ObjectArrayTypeInfo.getInfoFor(raw, component);
    }

    /** What is known of the arguments of a type, by the names of its parameters. */
    private static Map<String, TypeInformation<?>> arguments(Type type, Scope scope) {
        Map<String, TypeInformation<?>> arguments = new LinkedHashMap<>();
        Scope inside = scope.with(Bindings.of(type));
        for (TypeVariable<?> parameter : Bindings.erase(type).getTypeParameters()) {
            arguments.put(parameter.getName(), of(parameter, inside));
        }
        return arguments;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static TypeInformation<?> enumOf(Class<?> enumClass) {
        return new EnumTypeInfo(enumClass);
    }

    private static TypeInformation<?> withParts(Class<?> raw, Type type, Scope scope) {
        if (raw == List.class || raw == Set.class || raw == Optional.class || raw == Map.class) {
            return collection(raw, type, scope);
        }
        if (raw == Row.class) {
            return new GenericTypeInfo<>(Row.class);
        }
        Scope inside = scope.with(Bindings.of(type));
        if (Either.class.isAssignableFrom(raw)) {
            TypeInformation<?> left = of(Either.class.getTypeParameters()[0], inside);
            TypeInformation<?> right = of(Either.class.getTypeParameters()[1], inside);
            return left == null || right == null ? null : new EitherTypeInfo<>(left, right);
        }
        if (Tuple.class.isAssignableFrom(raw) && raw != Tuple.class && isPlainTuple(raw)) {
            return tuple(raw, inside);
        }
        if (scope.contains(raw)) {
            return new GenericTypeInfo<>(raw);
        }
        inside = inside.enter(raw);
        TypeInformation<?> foreign = TypeFactories.foreign(raw);
        if (foreign != null) {
            return foreign;
        }
        if (raw.isRecord()) {
            return record(raw, inside);
        }
        if (raw.isSealed() && (raw.isInterface() || Modifier.isAbstract(raw.getModifiers()))) {
            return sealed(raw, inside);
        }
        if (PojoAccessors.whyNoPojo(raw) == null) {
            return new PojoTypeInfo<>(raw, PojoAccessors.fieldsOf(raw, inside, Map.of()).stream());
        }
        return new GenericTypeInfo<>(raw);
    }

    private static TypeInformation<?> collection(Class<?> raw, Type type, Scope scope) {
        if (!(type instanceof ParameterizedType parameterized)) {
            return null;
        }
        List<TypeInformation<?>> parts = new ArrayList<>();
        for (Type argument : parameterized.getActualTypeArguments()) {
            TypeInformation<?> part = of(argument, scope);
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        if (raw == Map.class) {
            return new MapTypeInfo<>(parts.get(0), parts.get(1));
        }
        if (raw == List.class) {
            return new ListTypeInfo<>(parts.get(0));
        }
        return raw == Set.class
                ? new SetTypeInfo<>(parts.get(0))
                : new OptionalTypeInfo<>(parts.get(0));
    }

    /** Whether the class is one of our tuples, or a subclass that adds no fields. */
    private static boolean isPlainTuple(Class<?> raw) {
        Class<?> type = raw;
        while (!isOurTuple(type)) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    return false;
                }
            }
            type = type.getSuperclass();
        }
        return true;
    }

    private static boolean isOurTuple(Class<?> type) {
        return type.getSuperclass() == Tuple.class;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static TypeInformation<?> tuple(Class<?> raw, Scope inside) {
        Class<?> ours = raw;
        while (!isOurTuple(ours)) {
            ours = ours.getSuperclass();
        }
        TypeVariable<?>[] parameters = ours.getTypeParameters();
        TypeInformation<?>[] types = new TypeInformation<?>[parameters.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = of(parameters[i], inside);
            if (types[i] == null) {
                return null;
            }
        }
        return new TupleTypeInfo(raw, types);
    }

    private static TypeInformation<?> record(Class<?> raw, Scope inside) {
        List<TypeField> fields = new ArrayList<>();
        for (RecordComponent component : raw.getRecordComponents()) {
            fields.add(
                    new TypeField(
                            component.getName(),
                            orGeneric(of(component.getGenericType(), inside), component.getType()),
                            component.getType(),
                            TypeField.Access.COMPONENT,
                            raw));
        }
        return new RecordTypeInfo<>(raw, fields);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static TypeInformation<?> sealed(Class<?> raw, Scope inside) {
        List<TypeInformation<?>> leaves = new ArrayList<>();
        addLeaves(raw, inside, leaves);
        return new SealedTypeInfo(raw, leaves);
    }

    private static void addLeaves(Class<?> raw, Scope inside, List<TypeInformation<?>> leaves) {
        for (Class<?> permitted : raw.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                addLeaves(permitted, inside, leaves);
            }
            boolean concrete =
                    !permitted.isInterface() && !Modifier.isAbstract(permitted.getModifiers());
            if (concrete || !permitted.isSealed()) {
                TypeInformation<?> leaf = orGeneric(of(permitted, inside), permitted);
                if (leaves.stream().noneMatch(known -> known.equals(leaf))) {
                    leaves.add(leaf);
                }
            }
        }
    }

    /**
     * Bindings of type variables, and the classes that enclose the one being described. Immutable.
     */
    static final class Scope {
        private final Bindings bindings;
        private final List<Class<?>> enclosing;
        private final Map<TypeVariable<?>, TypeInformation<?>> given;

        Scope() {
            this(Bindings.none(), List.of(), Map.of());
        }

        private Scope(
                Bindings bindings,
                List<Class<?>> enclosing,
                Map<TypeVariable<?>, TypeInformation<?>> given) {
            this.bindings = bindings;
            this.enclosing = enclosing;
            this.given = given;
        }

        Scope with(Bindings more) {
            return new Scope(bindings.and(more), enclosing, given);
        }

        /**
         * With the types of variables that nothing binds, as the inputs of a function show them.
         */
        Scope given(Map<TypeVariable<?>, TypeInformation<?>> known) {
            return new Scope(bindings, enclosing, Map.copyOf(known));
        }

        TypeInformation<?> given(TypeVariable<?> variable) {
            return given.get(variable);
        }

        Type resolve(Type type) {
            return bindings.resolve(type);
        }

        Scope enter(Class<?> type) {
            List<Class<?>> all = new ArrayList<>(enclosing);
            all.add(type);
            return new Scope(bindings, all, given);
        }

        boolean contains(Class<?> type) {
            return enclosing.contains(type);
        }
    }
}
