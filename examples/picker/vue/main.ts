import { createApp } from 'vue';
import App from './App.vue';

const token = sessionStorage.getItem('token'); // null: the server requires none

createApp(App, { token }).mount('#root');
