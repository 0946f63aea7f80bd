package io.millrace.connector.json;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.impl.FieldProperty;
import com.fasterxml.jackson.databind.deser.impl.MethodProperty;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers;
import com.fasterxml.jackson.databind.deser.std.StdValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A class that Jackson makes by its constructor without arguments and by setting numbers, truth
 * values and texts, and in no other way: asked of Jackson itself, so that its annotations count.
 * Immutable.
 *
 * @param constructor {@code () -> Object}
 */
record FlatClass(MethodHandle constructor, List<Property> properties) {

    /** What a property's values are. */
    enum Kind {
        INT(int.class),
        LONG(long.class),
        FLOAT(float.class),
        DOUBLE(double.class),
        BOOLEAN(boolean.class),
        TEXT(String.class);

        private final Class<?> type;

        Kind(Class<?> type) {
            this.type = type;
        }

        /** Null if there is none. */
        static Kind of(Class<?> type) {
            Class<?> primitive = MethodType.methodType(type).unwrap().returnType();
            for (Kind kind : values()) {
                if (kind.type == primitive) {
                    return kind;
                }
            }
            return null;
        }
    }

    /**
     * A property.
     *
     * @param name as bytes in a line, with the quotation mark behind it
     */
    record Property(byte[] name, Kind kind, PropertySetter setter) {}

    /** Null if the class is not flat: Jackson alone makes its objects then. */
    static FlatClass of(ObjectMapper mapper, Class<?> type) {
        JsonDeserializer<?> deserializer;
        try {
            deserializer =
                    ((DefaultDeserializationContext) mapper.getDeserializationContext())
                            .createDummyInstance(mapper.getDeserializationConfig())
                            .findRootValueDeserializer(mapper.constructType(type));
        } catch (JsonMappingException e) {
            return null; // said with the first line
        }
        if (deserializer.getClass() != BeanDeserializer.class
                || !new Inside((BeanDeserializerBase) deserializer).isPlain()) {
            return null;
        }
        BeanDeserializerBase bean = (BeanDeserializerBase) deserializer;
        try {
            MethodHandle constructor = constructor(bean, type);
            List<Property> properties = properties(bean.properties());
            return constructor == null || properties == null
                    ? null
                    : new FlatClass(constructor, properties);
        } catch (IllegalAccessException e) {
            return null; // not open to us, but to Jackson
        }
    }

    /** Looks at what deserializers tell their subclasses only. */
    private static final class Inside extends BeanDeserializer {
        private static final long serialVersionUID = 1L;

        Inside(BeanDeserializerBase of) {
            super(of);
        }

        boolean isPlain() {
            return _vanillaProcessing && _injectables == null && !_nonStandardCreation;
        }
    }

    private static MethodHandle constructor(BeanDeserializerBase bean, Class<?> type)
            throws IllegalAccessException {
        boolean plain =
                bean.getValueInstantiator().getClass() == StdValueInstantiator.class
                        && bean.getValueInstantiator().getDefaultCreator()
                                instanceof AnnotatedConstructor;
        if (!plain || bean.handledType() != type) {
            return null;
        }
        Constructor<?> made =
                ((AnnotatedConstructor) bean.getValueInstantiator().getDefaultCreator())
                        .getAnnotated();
        return MethodHandles.lookup()
                .unreflectConstructor(made)
                .asType(MethodType.methodType(Object.class));
    }

    private static List<Property> properties(Iterator<SettableBeanProperty> all)
            throws IllegalAccessException {
        List<Property> properties = new ArrayList<>();
        while (all.hasNext()) {
            SettableBeanProperty of = all.next();
            Class<?> type = of.getType().getRawClass();
            Kind kind = Kind.of(type);
            boolean plain =
                    kind != null
                            && of.getValueTypeDeserializer() == null
                            && of.getValueDeserializer().getClass() == usual(type)
                            && isPlainName(of.getName());
            PropertySetter setter = plain ? setter(of, kind.type) : null;
            if (setter == null) {
                return null;
            }
            properties.add(
                    new Property(
                            (of.getName() + '"').getBytes(StandardCharsets.US_ASCII),
                            kind,
                            setter));
        }
        return List.copyOf(properties);
    }

    private static Class<?> usual(Class<?> type) {
        return type == String.class
                ? StringDeserializer.class
                : NumberDeserializers.find(type, type.getName()).getClass();
    }

    /** Whether it is in JSON as it is. */
    private static boolean isPlainName(String name) {
        return name.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '"' && c != '\\');
    }

    /** Null if it is set in another way than as a field or by a method of one argument. */
    private static PropertySetter setter(SettableBeanProperty of, Class<?> value)
            throws IllegalAccessException {
        Member member = of.getMember().getMember();
        MethodHandle handle;
        Field asItIs = null;
        if (of.getClass() == FieldProperty.class) {
            Field field = (Field) member;
            handle = MethodHandles.lookup().unreflectSetter(field);
            asItIs = of.getType().getRawClass() == value ? field : null;
        } else if (of.getClass() == MethodProperty.class) {
            handle = MethodHandles.lookup().unreflect((Method) member);
        } else {
            return null;
        }
        MethodType type = MethodType.methodType(void.class, Object.class, value);
        return new PropertySetter(handle.asType(type), asItIs);
    }
}
