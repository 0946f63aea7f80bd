package io.millrace.api.type;

/** Turns boxed values into {@link Value}s and back. Pure. */
public class JavaToValueConverter {
    public JavaToValueConverter() {}

    /**
     * @param boxedValue a boxed primitive, a string or null
     * @throws IllegalArgumentException for any other
     */
    public static Value convertBoxedJavaType(Object boxedValue) {
        if (boxedValue == null) {
            return null;
        }
        if (boxedValue instanceof String text) {
            return new StringValue(text);
        }
        if (boxedValue instanceof Integer number) {
            return new IntValue(number);
        }
        if (boxedValue instanceof Long number) {
            return new LongValue(number);
        }
        if (boxedValue instanceof Double number) {
            return new DoubleValue(number);
        }
        if (boxedValue instanceof Float number) {
            return new FloatValue(number);
        }
        if (boxedValue instanceof Boolean flag) {
            return new BooleanValue(flag);
        }
        if (boxedValue instanceof Short number) {
            return new ShortValue(number);
        }
        if (boxedValue instanceof Byte number) {
            return new ByteValue(number);
        }
        if (boxedValue instanceof Character character) {
            return new CharValue(character);
        }
        throw new IllegalArgumentException("Object is no boxed value: " + boxedValue.getClass());
    }

    /**
     * @param value one of our own, or null
     * @throws IllegalArgumentException for any other
     */
    public static Object convertValueType(Value value) {
        if (value == null || value instanceof NullValue) {
            return null;
        }
        if (value instanceof StringValue text) {
            return text.getValue();
        }
        if (value instanceof IntValue number) {
            return number.getValue();
        }
        if (value instanceof LongValue number) {
            return number.getValue();
        }
        if (value instanceof DoubleValue number) {
            return number.getValue();
        }
        if (value instanceof FloatValue number) {
            return number.getValue();
        }
        if (value instanceof BooleanValue flag) {
            return flag.getValue();
        }
        if (value instanceof ShortValue number) {
            return number.getValue();
        }
        if (value instanceof ByteValue number) {
            return number.getValue();
        }
        if (value instanceof CharValue character) {
            return character.getValue();
        }
        throw new IllegalArgumentException("Object is no value of ours: " + value.getClass());
    }
}
